package io.godwit.registry.euicc;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.TenantId;

/** A card's EIS as it was registered. Apart from {@link Euicc}, so that a list of cards does not read it. */
@Entity
@Immutable
@Table(name = "euicc")
@SuppressWarnings("NullAway.Init")
public class InformationSet {
    @Id
    String nid;

    @TenantId
    @Column(name = "tenant_id")
    String tenant;

    /** JSON, as {@code docs/eis.schema.json} has it. */
    String eis;

    protected InformationSet() {}
}

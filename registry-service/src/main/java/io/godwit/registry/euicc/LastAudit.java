package io.godwit.registry.euicc;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the card has told in its last audit, beside its profiles' states.
 *
 * @param applications how many are installed
 * @param freeNonVolatileMemory octets; {@code remainingMemory} of the EIS
 * @param freeVolatileMemory octets
 */
@Embeddable
@Schema(name = "LastAudit")
public record LastAudit(
        @Column(name = "audited_at") Instant at,
        long applications,
        @Column(name = "free_non_volatile_memory") long freeNonVolatileMemory,
        @Column(name = "free_volatile_memory") long freeVolatileMemory) {}

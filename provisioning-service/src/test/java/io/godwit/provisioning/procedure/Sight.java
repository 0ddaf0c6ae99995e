package io.godwit.provisioning.procedure;

import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.protocol.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a desk's decisions are told of groups: what the test says. */
final class Sight implements Groups {
    final List<Membership> memberships = new ArrayList<>();

    @Nullable
    GroupCourse course;

    private final EcPublicKey signingKey;

    Sight(EcPublicKey signingKey) {
        this.signingKey = signingKey;
    }

    @Override
    public List<Membership> of(Card card) {
        return List.copyOf(memberships);
    }

    @Override
    public Optional<GroupCourse> course(String operation) {
        return Optional.ofNullable(course);
    }

    @Override
    public TenantId tenant() {
        return new TenantId("acme");
    }

    @Override
    public Optional<EcPublicKey> findSigningKey() {
        return Optional.of(signingKey);
    }
}

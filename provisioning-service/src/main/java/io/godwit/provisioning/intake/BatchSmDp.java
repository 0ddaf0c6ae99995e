package io.godwit.provisioning.intake;

import io.godwit.gsma.certificate.TrustStore;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.provisioning.keys.DownloadKey;
import io.godwit.provisioning.postgres.CardPlatformTable;
import io.godwit.provisioning.smdp.CardPlatform;
import io.godwit.provisioning.smdp.SmDp;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The SM-DP as the decisions on a batch of cards see it; what only downloads need is read only for them. */
final class BatchSmDp implements SmDp {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int CHALLENGE = 8;

    private final Connection connection;
    private final TenantId tenant;
    private final Circumstances circumstances;
    private final Map<Nid, CardPlatform> platforms = new HashMap<>();
    private final Set<Nid> told = new HashSet<>();
    private @Nullable DownloadKey key;

    BatchSmDp(Connection connection, TenantId tenant, Circumstances circumstances) {
        this.connection = connection;
        this.tenant = tenant;
        this.circumstances = circumstances;
    }

    /** Reads what the cards' EISs say of their platforms. */
    void read(Collection<Nid> nids) throws SQLException {
        if (!nids.isEmpty()) {
            platforms.putAll(CardPlatformTable.find(connection, tenant, nids));
        }
    }

    /** Reads what the card's EIS says, unless this batch brings another one. */
    void readUnlessTold(Nid nid) throws SQLException {
        if (!told.contains(nid)) {
            read(Set.of(nid));
        }
    }

    /** What a registration in this very batch says of a card's platform. */
    void put(Nid nid, Optional<CardPlatform> platform) {
        told.add(nid);
        platforms.remove(nid);
        platform.ifPresent(known -> platforms.put(nid, known));
    }

    /** The tenant's data key for downloads. */
    DownloadKey key() throws SQLException {
        DownloadKey open = key;
        if (open == null) {
            open = circumstances.smDp().keys().ofDownloads(connection, tenant);
            key = open;
        }
        return open;
    }

    @Override
    public Optional<Identity> identity() {
        return circumstances.smDp().identity();
    }

    @Override
    public Optional<CardPlatform> platform(Nid card) {
        return Optional.ofNullable(platforms.get(card));
    }

    @Override
    public TrustStore trust() {
        return circumstances.signing().trust().of(tenant);
    }

    @Override
    public SecretOctets newEphemeralKey() {
        try (EcKeyPair pair = EcKeyPair.ephemeral(RANDOM)) {
            return SecretOctets.copyOf(pair.reveal());
        }
    }

    @Override
    public Octets newHostChallenge() {
        byte[] challenge = new byte[CHALLENGE];
        RANDOM.nextBytes(challenge);
        return Octets.of(challenge);
    }
}

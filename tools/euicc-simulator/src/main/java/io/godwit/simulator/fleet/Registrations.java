package io.godwit.simulator.fleet;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.simulator.card.CardState;
import io.godwit.simulator.card.KeySet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the registry's input line for a card: its EIS, and its keys as JWE for the SM-SR alone ({@code ECDH-ES} on P-256,
 * {@code A256GCM}; {@code kid}, {@code tenant}, {@code eid} and {@code purpose} in the protected header).
 */
public final class Registrations {
    private final TransportEncryption encryption;
    private final List<Gid> groups;

    /**
     * @param transportKeyJwk the SM-SR's public transport key as JWK, with its {@code kid}
     * @param groups that the cards become members of
     * @throws IllegalArgumentException when the JWK is no public key with an id
     */
    public Registrations(TenantId tenant, String transportKeyJwk, List<Gid> groups) {
        this.encryption = new TransportEncryption(transportKeyJwk, "sm-sr", tenant);
        this.groups = List.copyOf(groups);
    }

    /**
     * One object for {@code POST /v1/euiccs} and for a line of {@code /v1/euiccs/bulk}.
     *
     * @param nid the wish of the caller; {@code null}: the registry gives one
     */
    public Octets registration(CardState card, @Nullable Nid nid) {
        return JsonWriter.write(Json.object()
                .put("nid", nid == null ? null : nid.value())
                .put("eis", EisDocument.of(card))
                .put("cardKeys", encrypted(card.eid(), card.keySets()))
                .put("groups", groups.stream().map(gid -> Json.of(gid.value())).toList())
                .build());
    }

    private String encrypted(Eid eid, List<KeySet> keySets) {
        return encryption.encrypt("eid", eid.digits(), SecretOctets.copyOf(plaintext(keySets)));
    }

    private static Octets plaintext(List<KeySet> keySets) {
        return JsonWriter.write(Json.object()
                .put(
                        "keySets",
                        keySets.stream()
                                .map(KeySet::keys)
                                .map(Registrations::keySet)
                                .toList())
                .build());
    }

    private static Json.Obj keySet(Scp80Keys keys) {
        return Json.object()
                .put("version", keys.keySetVersion())
                .put("kic", keys.kic().reveal().toHex())
                .put("kid", keys.kid().reveal().toHex())
                .build();
    }
}

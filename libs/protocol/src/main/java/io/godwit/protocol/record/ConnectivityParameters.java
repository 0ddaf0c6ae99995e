package io.godwit.protocol.record;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import java.util.Optional;

/**
 * How a card with a profile reaches the SM-SR (UpdateConnectivityParameters, SGP.02 section 4.1.3.4): one of both at least, and
 * at most {@value #MOST} octets together. One that is absent stays as it is on the card.
 *
 * @param sms content of template A0, BER-TLV objects: {@code 06 L service centre address}
 * @param bearer content of template A1, BER-TLV objects: 35 bearer description, 47 network access name, 0D login and password
 */
public record ConnectivityParameters(Optional<Octets> sms, Optional<Octets> bearer) implements InputData {
    /** So many octets fit one command under SCP03. */
    private static final int MOST = 230;

    /** @throws IllegalArgumentException naming the member that is missing or malformed */
    public ConnectivityParameters {
        requireNonNull(sms, "sms is null");
        requireNonNull(bearer, "bearer is null");
        if (sms.isEmpty() && bearer.isEmpty()) {
            throw new IllegalArgumentException("connectivity: sms or bearer, or both, expected");
        }
        requireObjects("sms", sms);
        requireObjects("bearer", bearer);
        if (length(sms) + length(bearer) > MOST) {
            throw new IllegalArgumentException("connectivity: at most " + MOST + " octets in sms and bearer together");
        }
    }

    private static int length(Optional<Octets> content) {
        return content.map(Octets::length).orElse(0);
    }

    private static void requireObjects(String name, Optional<Octets> content) {
        if (content.isPresent() && !isObjects(content.get())) {
            throw new IllegalArgumentException(name
                    + ": one BER-TLV object or several in hexadecimal expected, their lengths in the shortest form");
        }
    }

    /** Tags of one or two octets, lengths of up to 255, and nothing left over. */
    private static boolean isObjects(Octets octets) {
        int at = 0;
        while (at < octets.length()) {
            boolean second = (octets.at(at) & 0x1f) == 0x1f;
            boolean isTag = octets.at(at) != 0 && (!second || (at + 1 < octets.length() && octets.at(at + 1) < 0x80));
            int lengthAt = at + (second ? 2 : 1);
            if (!isTag || lengthAt >= octets.length()) {
                return false;
            }
            int first = octets.at(lengthAt);
            boolean isLong = first == 0x81 && lengthAt + 1 < octets.length() && octets.at(lengthAt + 1) >= 0x80;
            if (first >= 0x80 && !isLong) {
                return false;
            }
            at = isLong ? lengthAt + 2 + octets.at(lengthAt + 1) : lengthAt + 1 + first;
        }
        return at == octets.length() && at > 0;
    }

    /** Of the bearer's parameters only their hash: a password may be among them, and no two may look the same. */
    @Override
    public String toString() {
        return "ConnectivityParameters[sms=" + sms.map(Octets::toHex).orElse("-") + ", bearer="
                + bearer.map(content -> content.sha256().toHex()).orElse("-") + "]";
    }

    @Override
    public Kind kind() {
        return Kind.CONNECTIVITY_PARAMETERS;
    }

    @Override
    public Json.Obj toJson() {
        return Json.object()
                .put("sms", sms.map(Octets::toHex).orElse(null))
                .put("bearer", bearer.map(Octets::toHex).orElse(null))
                .build();
    }

    static ConnectivityParameters fromJson(Fields fields) {
        try {
            return new ConnectivityParameters(
                    fields.findValue("sms", Octets::fromHex), fields.findValue("bearer", Octets::fromHex));
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException("connectivity", String.valueOf(e.getMessage()));
        }
    }
}

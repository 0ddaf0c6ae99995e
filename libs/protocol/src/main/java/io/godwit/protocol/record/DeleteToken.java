package io.godwit.protocol.record;

import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;

/**
 * The leave to delete one profile whatever its policies say, given by the operator that owns it (MasterDelete, SGP.02 section
 * 4.1.1.10). It is no secret: it is good for that ISD-P and for nothing else, and only who holds the profile's token key can
 * make one.
 *
 * @param issuer security domain issuer identification number (tag 42), 1 to 16 octets, as are the next three
 * @param image security domain image number (tag 45)
 * @param provider application provider identifier (tag 5F20)
 * @param number token identifier (tag 93)
 * @param token AES-CMAC over the command, 16 octets, with the key of version 70 of the profile
 */
public record DeleteToken(Octets issuer, Octets image, Octets provider, Octets number, Octets token)
        implements InputData {
    private static final int LONGEST = 16;
    private static final int TOKEN_SIZE = 16;

    /** @throws IllegalArgumentException naming the member that is too short or too long */
    public DeleteToken {
        requireShort("issuer", issuer);
        requireShort("image", image);
        requireShort("provider", provider);
        requireShort("number", number);
        if (token.length() != TOKEN_SIZE) {
            throw new IllegalArgumentException("token: " + TOKEN_SIZE + " octets in hexadecimal expected");
        }
    }

    private static void requireShort(String name, Octets value) {
        if (value.isEmpty() || value.length() > LONGEST) {
            throw new IllegalArgumentException(name + ": 1 to " + LONGEST + " octets in hexadecimal expected");
        }
    }

    /** All of it: it is no secret, and two orders with different tokens must not look the same. */
    @Override
    public String toString() {
        return "DeleteToken[" + String.join("/", issuer.toHex(), image.toHex(), provider.toHex(), number.toHex())
                + ", token=" + token.toHex() + "]";
    }

    @Override
    public Kind kind() {
        return Kind.DELETE_TOKEN;
    }

    @Override
    public Json.Obj toJson() {
        return Json.object()
                .put("issuer", issuer.toHex())
                .put("image", image.toHex())
                .put("provider", provider.toHex())
                .put("number", number.toHex())
                .put("token", token.toHex())
                .build();
    }

    static DeleteToken fromJson(Fields fields) {
        try {
            return new DeleteToken(
                    fields.value("issuer", Octets::fromHex),
                    fields.value("image", Octets::fromHex),
                    fields.value("provider", Octets::fromHex),
                    fields.value("number", Octets::fromHex),
                    fields.value("token", Octets::fromHex));
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException("token", String.valueOf(e.getMessage()));
        }
    }
}

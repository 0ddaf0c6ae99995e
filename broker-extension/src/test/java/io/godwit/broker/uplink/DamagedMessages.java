package io.godwit.broker.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.broker.uplink.Admission.Author;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Messages of the device {@code meter} that were hit up to three times; not all of them are broken by it. */
public final class DamagedMessages {
    /** Who sends them: a member of the group {@code meters}. */
    public static final Author AUTHOR =
            new Author(new Nid("meter"), gid -> gid.value().equals("meters"));

    private static final List<String> SOUND = List.of(
            "{\"nid\":\"meter\",\"gid\":0,\"type\":\"ret(msg)\",\"body\":{\"id\":\"b.2\",\"sequence\":1,\"status\":\"answered\",\"packet\":\"AiQSAAAB\"}}",
            "{\"nid\":0,\"gid\":\"meters\",\"type\":\"trigger\",\"body\":{\"id\":\"d\",\"kind\":\"request\",\"reason\":\"\\u00e9\"}}",
            "{\"nid\":\"other\",\"gid\":\"meters\",\"type\":\"req(meter)\",\"body\":{\"id\":\"e-1\",\"x\":[1,2.5e3,null,true,{}]}}",
            "{\"nid\":\"meter\",\"gid\":\"meters\",\"type\":\"ret(trigger)\",\"body\":{}}");
    private static final String[] SPICES = {
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "0",
        "\"0\"",
        "null",
        "\\u0000",
        "\\ud800",
        "\u0000",
        "\"nid\":\"meter\",",
        "\"nid\":\"other\"",
        "1e999999",
        "-",
        "meter",
        "other",
        "meters",
        "[[[[[[[[[[[[[[[[[[[["
    };

    private DamagedMessages() {}

    /** The next one. */
    public static Octets next(Random random) {
        byte[] bytes = SOUND.get(random.nextInt(SOUND.size())).getBytes(UTF_8);
        for (int blow = random.nextInt(4); blow > 0 && bytes.length > 0; blow--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 -> bytes = insert(bytes, at, SPICES[random.nextInt(SPICES.length)].getBytes(UTF_8));
                default -> bytes = insert(bytes, at, Arrays.copyOfRange(bytes, 0, at));
            }
        }
        return Octets.of(bytes);
    }

    private static byte[] insert(byte[] bytes, int at, byte[] more) {
        byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, all, at, more.length);
        System.arraycopy(bytes, at, all, at + more.length, bytes.length - at);
        return all;
    }
}

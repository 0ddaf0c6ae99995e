package io.godwit.local.home;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/** Passwords, peppers and keys of one home, each made at its first use and the same ever after. */
public final class Secrets {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path file;
    private final Map<String, String> known;

    private Secrets(Path file) {
        this.file = file;
        this.known = PropertyFile.read(file);
    }

    /** The secrets of this home. */
    public static Secrets of(PlatformHome home) {
        return new Secrets(home.file("secrets.properties"));
    }

    /** 256 random bits under this name, as URL-safe base64 without padding: good as a password, decodable as a key. */
    public synchronized String secret(String name) {
        String value = known.get(name);
        if (value == null) {
            value = random(BYTES);
            known.put(name, value);
            PropertyFile.write(file, known);
        }
        return value;
    }

    /** The same 256 bits in hexadecimal, for those who want keys and peppers so. */
    public String hexadecimal(String name) {
        return HexFormat.of().formatHex(Base64.getUrlDecoder().decode(secret(name)));
    }

    /** Random bytes in URL-safe base64 without padding. */
    public static String random(int bytes) {
        byte[] value = new byte[bytes];
        RANDOM.nextBytes(value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    }
}

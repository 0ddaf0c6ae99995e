package io.godwit.gsma.certificate;

import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of a PEM text (RFC 7468).
 *
 * @param label what stands after BEGIN
 */
public record Pem(String label, Octets content) {
    public static final String CERTIFICATE = "CERTIFICATE";
    public static final String REVOCATION_LIST = "X509 CRL";
    public static final String PRIVATE_KEY = "PRIVATE KEY";

    private static final Pattern PIECE =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s+([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    /** With lines of 64 characters, the last one ended. */
    public String encode() {
        StringBuilder text = new StringBuilder("-----BEGIN " + label + "-----\n");
        String base64 = content.toBase64();
        for (int at = 0; at < base64.length(); at += 64) {
            text.append(base64, at, Math.min(at + 64, base64.length())).append('\n');
        }
        return text.append("-----END " + label + "-----\n").toString();
    }

    /**
     * All pieces of {@code text} with this label, in their order; what stands between them is passed over.
     *
     * @throws IllegalArgumentException when one of them is not base64
     */
    public static List<Octets> all(String text, String label) {
        List<Octets> found = new ArrayList<>();
        Matcher pieces = PIECE.matcher(text);
        while (pieces.find()) {
            if (pieces.group(1).equals(label)) {
                found.add(Octets.fromBase64(pieces.group(2).replaceAll("\\s", "")));
            }
        }
        return found;
    }
}

package io.godwit.gsma.certificate;

import io.godwit.gsma.ecdsa.EcdsaSigner;
import io.godwit.protocol.Octets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * Recognises CIs whose private key is public or was made for tests: who trusts one trusts everybody. Those of GSMA SGP.26
 * are known by their key, whatever certificate it comes in; all others by the unit TESTCERT in subject or issuer.
 */
public final class TestCis {
    /** The organisational unit that every test CI carries. */
    public static final String UNIT = "TESTCERT";

    /** Subject key identifiers of the SGP.26 test CIs, NIST P-256 and brainpoolP256r1: SHA-1 over the point. */
    private static final Set<Octets> PUBLISHED = Set.of(
            Octets.fromHex("f54172bdf98a95d65cbeb88a38a1c11d800a85c3"),
            Octets.fromHex("c0bc70ba36929d43b467ff57570530e57ab8fcd8"));

    private TestCis() {}

    /** A CI for tests, marked as one. */
    public static X509Issuer issuer(EcdsaSigner key) {
        return new X509Issuer(new X500Name("O=Godwit,OU=" + UNIT + ",CN=Test CI"), key);
    }

    /** Whether {@code authority} must not be trusted where real cards are. */
    public static boolean includes(CaCertificate authority) {
        return authority.testCi()
                || PUBLISHED.contains(authority.subjectKeyId())
                || PUBLISHED.contains(keyId(authority.publicKey().point()));
    }

    /** The usual subject key identifier of a point (RFC 5280 section 4.2.1.2, method 1): SHA-1, 20 octets. */
    static Octets keyId(Octets point) {
        try {
            return Octets.of(MessageDigest.getInstance("SHA-1").digest(point.toBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}

package io.godwit.gsma.certificate;

import io.godwit.protocol.Octets;
import java.util.Arrays;
import java.util.Optional;

/** Whose key a GlobalPlatform certificate holds, by object C8 of its template 73, and what the key may do, by object 95. */
public enum CertificateRole {
    /** CERT.DP.ECDSA: C8 = 01. */
    SM_DP("CERT.DP", Optional.of(0x01), "88"),
    /** CERT.SR.ECDSA: C8 = 02. */
    SM_SR("CERT.SR", Optional.of(0x02), "88"),
    /** CERT.ECASD.ECKA: without C8, for key agreement. */
    ECASD("CERT.ECASD", Optional.empty(), "0080"),
    /** The signing key of a card's group extension; C8 = 80 is ours, from the half that SGP.02 does not use. */
    EXTENSION("CERT.EXTENSION", Optional.of(0x80), "88");

    private final String title;
    private final Optional<Integer> code;
    private final String usage;

    CertificateRole(String title, Optional<Integer> code, String usage) {
        this.title = title;
        this.code = code;
        this.usage = usage;
    }

    /** What such a certificate is called. */
    public String title() {
        return title;
    }

    /** The value of C8; empty when there is no C8. */
    public Optional<Integer> code() {
        return code;
    }

    /** The value of object 95: 88 signature verification, 0080 key agreement. */
    public Octets usage() {
        return Octets.fromHex(usage);
    }

    static Optional<CertificateRole> ofCode(Optional<Integer> code) {
        return Arrays.stream(values()).filter(role -> role.code.equals(code)).findFirst();
    }
}

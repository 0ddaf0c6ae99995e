package io.godwit.gsma.profile;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.tlv.Tlv;
import java.util.List;
import java.util.Optional;

/**
 * How a CSIM authenticates: {@code A5 L { A0 header | 81 08 A-Key | 82 10 SSD | 83 HRPD | 84 Simple IP | 85 Mobile IP }}, all
 * but the A-Key where given.
 *
 * @param authenticationKey the A-Key of CAVE, eight octets
 * @param sharedSecretData SSD A and SSD B, eight octets each
 * @param hrpd CHAP secret for HRPD access authentication (C.S0016 4.5.7.10)
 * @param simpleIp CHAP secrets of Simple IP (C.S0016 4.5.7.7)
 * @param mobileIp secrets of Mobile IP (C.S0016 4.5.7.8)
 * @param rest what a later version has added
 */
public record CdmaParameter(
        PeHeader header,
        SecretOctets authenticationKey,
        Optional<SecretOctets> sharedSecretData,
        Optional<SecretOctets> hrpd,
        Optional<SecretOctets> simpleIp,
        Optional<SecretOctets> mobileIp,
        List<Tlv> rest)
        implements ProfileElement {
    private static final int A_KEY = 1;
    private static final int SSD = 2;
    private static final int HRPD = 3;
    private static final int SIMPLE_IP = 4;
    private static final int MOBILE_IP = 5;

    public CdmaParameter {
        requireNonNull(header, "header is null");
        requireNonNull(authenticationKey, "authenticationKey is null");
        requireNonNull(sharedSecretData, "sharedSecretData is null");
        requireNonNull(hrpd, "hrpd is null");
        requireNonNull(simpleIp, "simpleIp is null");
        requireNonNull(mobileIp, "mobileIp is null");
        rest = List.copyOf(rest);
    }

    @Override
    public ElementKind kind() {
        return ElementKind.CDMA_PARAMETER;
    }

    @Override
    public Optional<PeHeader> peHeader() {
        return Optional.of(header);
    }

    @Override
    public Tlv toTlv() {
        return Components.of(header)
                .add(Der.octets(A_KEY, authenticationKey.reveal()))
                .add(write(SSD, sharedSecretData))
                .add(write(HRPD, hrpd))
                .add(write(SIMPLE_IP, simpleIp))
                .add(write(MOBILE_IP, mobileIp))
                .addAll(rest)
                .sequence(kind().tag());
    }

    private static Optional<Tlv> write(int number, Optional<SecretOctets> secret) {
        return secret.map(value -> Der.octets(number, value.reveal()));
    }

    static CdmaParameter read(Node node) {
        Fields fields = node.fields();
        return new CdmaParameter(
                PeHeader.read(fields),
                SecretOctets.copyOf(fields.required(Der.primitive(A_KEY)).octets(8, 8)),
                secret(fields, SSD, 16, 16),
                secret(fields, HRPD, 2, 32),
                secret(fields, SIMPLE_IP, 3, 483),
                secret(fields, MOBILE_IP, 5, 957),
                fields.rest());
    }

    private static Optional<SecretOctets> secret(Fields fields, int number, int min, int max) {
        return fields.optional(Der.primitive(number)).map(node -> SecretOctets.copyOf(node.octets(min, max)));
    }
}

package io.godwit.gsma.certificate;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.ecdsa.EcdsaSigner;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Octets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the issuer of a GlobalPlatform certificate signs (SGP.02 tables 77 and 78).
 *
 * @param serial 1 to 16 octets (93)
 * @param issuerId who issued it, 1 to 16 octets (42, the CA identifier)
 * @param subjectId whose key it is, 1 to 16 octets (5F20); of a card the EID
 * @param usage object 95; see {@link CertificateRole#usage()}
 * @param effective first day on which it holds, in UTC (5F25)
 * @param expiration last day on which it holds, in UTC (5F24)
 * @param issuerImage issuer security domain image number, 1 to 16 octets (45)
 * @param discretionary the objects of template 73, each tag once: C9 (authority key id), C8 (role), C0, C1, C2
 */
public record CertificateBody(
        Octets serial,
        Octets issuerId,
        Octets subjectId,
        Octets usage,
        Optional<LocalDate> effective,
        LocalDate expiration,
        Optional<Octets> issuerImage,
        List<Tlv> discretionary,
        EcPublicKey publicKey) {
    private static final int AUTHORITY_KEY_ID = 0xc9;
    private static final int ROLE = 0xc8;
    private static final List<Integer> DISCRETIONARY = List.of(0xc0, 0xc1, 0xc2, ROLE, AUTHORITY_KEY_ID);

    /** @throws IllegalArgumentException naming the component that cannot be in a certificate */
    public CertificateBody {
        requireLength("serial", serial, 16);
        requireLength("issuerId", issuerId, 16);
        requireLength("subjectId", subjectId, 16);
        requireLength("usage", usage, 2);
        effective.ifPresent(CertificateBody::requireYear);
        requireYear(expiration);
        issuerImage.ifPresent(image -> requireLength("issuerImage", image, 16));
        discretionary = List.copyOf(discretionary);
        requireNonNull(publicKey, "publicKey is null");
        requireDiscretionary(discretionary);
    }

    /**
     * What a certificate of {@code role} says, without an issuer image and without more in template 73 than it needs.
     *
     * @param authorityKeyId the subject key identifier of the issuer's certificate
     */
    public static CertificateBody of(
            CertificateRole role,
            Octets serial,
            Octets issuerId,
            Octets subjectId,
            LocalDate effective,
            LocalDate expiration,
            Octets authorityKeyId,
            EcPublicKey publicKey) {
        List<Tlv> discretionary = new ArrayList<>();
        role.code().ifPresent(code -> discretionary.add(new Tlv(ROLE, Octets.ofInts(code))));
        discretionary.add(new Tlv(AUTHORITY_KEY_ID, authorityKeyId));
        return new CertificateBody(
                serial,
                issuerId,
                subjectId,
                role.usage(),
                Optional.of(effective),
                expiration,
                Optional.empty(),
                discretionary,
                publicKey);
    }

    /** The certificate, signed by its issuer. */
    public GpCertificate sign(EcdsaSigner issuer) {
        return new GpCertificate(this, issuer.sign(GpCertificateCodec.encode(this)));
    }

    /** Empty when C8 has a value that we do not know. */
    public Optional<CertificateRole> role() {
        return CertificateRole.ofCode(find(ROLE).map(value -> value.length() == 1 ? value.at(0) : -1));
    }

    /** Which key of the issuer signed it (C9). */
    public Octets authorityKeyId() {
        return find(AUTHORITY_KEY_ID).orElseThrow();
    }

    /** The moment from which it does not hold any more: the end of its last day. */
    public java.time.Instant end() {
        return expiration.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The moment from which it holds; empty when it does not say. */
    public Optional<java.time.Instant> start() {
        return effective.map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private Optional<Octets> find(int tag) {
        return discretionary.stream()
                .filter(object -> object.tag() == tag)
                .map(Tlv::value)
                .findFirst();
    }

    private static void requireDiscretionary(List<Tlv> objects) {
        List<Integer> tags = objects.stream().map(Tlv::tag).toList();
        if (!DISCRETIONARY.containsAll(tags) || tags.stream().distinct().count() != tags.size()) {
            throw new IllegalArgumentException("discretionary: each of C0, C1, C2, C8, C9 at most once expected");
        }
        if (!tags.contains(AUTHORITY_KEY_ID)) {
            throw new IllegalArgumentException("discretionary: the authority key id (C9) is missing");
        }
        objects.forEach(object -> requireLength("discretionary", object.value(), 32));
    }

    private static void requireLength(String name, Octets value, int most) {
        if (value.isEmpty() || value.length() > most) {
            throw new IllegalArgumentException(name + ": 1 to " + most + " octets expected");
        }
    }

    private static void requireYear(LocalDate date) {
        if (date.getYear() < 1 || date.getYear() > 9999) {
            throw new IllegalArgumentException("date: a year of four digits expected");
        }
    }
}

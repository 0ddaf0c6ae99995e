package io.godwit.gsma.certificate;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Octets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The octets of a GlobalPlatform certificate (SGP.02 tables 77 and 78): {@code 7F21 L {93 serial | 42 issuer | 5F20 subject
 * | 95 usage | [5F25 04 effective] | 5F24 04 expiration | [45 image] | 73 L {..} | 7F49 key | 5F37 40 signature}}, in this
 * order and with nothing else. The signature covers 93 to 7F49 without the header 7F21.
 */
final class GpCertificateCodec {
    private static final int CERTIFICATE = 0x7f21;
    private static final int SERIAL = 0x93;
    private static final int ISSUER = 0x42;
    private static final int SUBJECT = 0x5f20;
    private static final int USAGE = 0x95;
    private static final int EFFECTIVE = 0x5f25;
    private static final int EXPIRATION = 0x5f24;
    private static final int IMAGE = 0x45;
    private static final int DISCRETIONARY = 0x73;
    private static final int SIGNATURE = 0x5f37;

    private GpCertificateCodec() {}

    /** What the signature covers. */
    static Octets encode(CertificateBody body) {
        List<Tlv> objects = new ArrayList<>();
        objects.add(new Tlv(SERIAL, body.serial()));
        objects.add(new Tlv(ISSUER, body.issuerId()));
        objects.add(new Tlv(SUBJECT, body.subjectId()));
        objects.add(new Tlv(USAGE, body.usage()));
        body.effective().ifPresent(day -> objects.add(new Tlv(EFFECTIVE, date(day))));
        objects.add(new Tlv(EXPIRATION, date(body.expiration())));
        body.issuerImage().ifPresent(image -> objects.add(new Tlv(IMAGE, image)));
        objects.add(Tlv.of(DISCRETIONARY, body.discretionary()));
        objects.add(body.publicKey().toTemplate());
        return Octets.concat(objects.stream().map(Tlv::encode).toArray(Octets[]::new));
    }

    static Octets encode(GpCertificate certificate) {
        Octets signature = new Tlv(SIGNATURE, certificate.signature()).encode();
        return new Tlv(CERTIFICATE, encode(certificate.body()).plus(signature)).encode();
    }

    static Parsed<GpCertificate> decode(Octets octets) {
        return TlvReader.single(octets, CERTIFICATE).then(Tlv::children).then(GpCertificateCodec::read);
    }

    private static Parsed<GpCertificate> read(List<Tlv> objects) {
        InOrder in = new InOrder(objects);
        Octets serial = in.must(SERIAL);
        Octets issuer = in.must(ISSUER);
        Octets subject = in.must(SUBJECT);
        Octets usage = in.must(USAGE);
        Optional<Octets> effective = in.may(EFFECTIVE);
        Octets expiration = in.must(EXPIRATION);
        Optional<Octets> image = in.may(IMAGE);
        Octets discretionary = in.must(DISCRETIONARY);
        Octets key = in.must(EcPublicKey.TEMPLATE_TAG);
        Octets signature = in.must(SIGNATURE);
        if (in.fault().isPresent()) {
            return Parsed.malformed(in.fault().get());
        }
        return TlvReader.sequence(discretionary)
                .then(within73 -> EcPublicKey.ofTemplate(new Tlv(EcPublicKey.TEMPLATE_TAG, key))
                        .then(publicKey -> {
                            try {
                                return Parsed.read(new GpCertificate(
                                        new CertificateBody(
                                                serial,
                                                issuer,
                                                subject,
                                                usage,
                                                effective.map(GpCertificateCodec::date),
                                                date(expiration),
                                                image,
                                                within73,
                                                publicKey),
                                        signature));
                            } catch (IllegalArgumentException | DateTimeException notOurs) {
                                return Parsed.malformed(Malformation.BAD_VALUE);
                            }
                        }));
    }

    /** YYYYMMDD, a digit a nibble. */
    private static Octets date(LocalDate day) {
        int number = day.getYear() * 10_000 + day.getMonthValue() * 100 + day.getDayOfMonth();
        String digits = Integer.toString(100_000_000 + number);
        return Octets.fromHex(digits.substring(digits.length() - 8));
    }

    private static LocalDate date(Octets octets) {
        String digits = octets.toHex();
        if (!digits.matches("[0-9]{8}")) {
            throw new IllegalArgumentException("date: YYYYMMDD expected");
        }
        return LocalDate.of(
                Integer.parseInt(digits.substring(0, 4)),
                Integer.parseInt(digits.substring(4, 6)),
                Integer.parseInt(digits.substring(6)));
    }

    /** Objects that must come in one order; the first that does not is the fault. */
    private static final class InOrder {
        private final List<Tlv> objects;
        private int at;
        private Optional<Malformation> wrong = Optional.empty();

        InOrder(List<Tlv> objects) {
            this.objects = objects;
        }

        Octets must(int tag) {
            Optional<Octets> value = may(tag);
            if (value.isEmpty() && wrong.isEmpty()) {
                wrong = Optional.of(at < objects.size() ? Malformation.UNEXPECTED_TAG : Malformation.MISSING_TAG);
            }
            return value.orElse(Octets.EMPTY);
        }

        Optional<Octets> may(int tag) {
            if (at == objects.size() || objects.get(at).tag() != tag) {
                return Optional.empty();
            }
            return Optional.of(objects.get(at++).value());
        }

        Optional<Malformation> fault() {
            return wrong.isEmpty() && at < objects.size() ? Optional.of(Malformation.UNEXPECTED_TAG) : wrong;
        }
    }
}

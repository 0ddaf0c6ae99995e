package io.godwit.gsma.profile;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;

/**
 * An application for remote file management (TS 102 226 section 7): {@code A7 L { A0 header | 4F AID | 4F security domain, if
 * any | A0 { 04 03 TAR ... }, if any | 81 01 level | 04 access domain | 04 administrative access domain | 30 ADF, if any }}.
 *
 * @param securityDomain to which it belongs; the MNO-SD where absent
 * @param tars three octets each; none for those that the AID implies
 * @param minimumSecurityLevel one octet, as an SPI1 (TS 102 225)
 * @param accessDomain of files outside of an ADF (TS 102 226 8.2.1.3.2.2)
 * @param adf the ADF in which a script starts; the MF where absent
 * @param rest what a later version has added
 */
public record Rfm(
        PeHeader header,
        Aid aid,
        Optional<Aid> securityDomain,
        List<Octets> tars,
        Octets minimumSecurityLevel,
        Octets accessDomain,
        Octets adminAccessDomain,
        Optional<AdfAccess> adf,
        List<Tlv> rest)
        implements ProfileElement {
    private static final int AID = 0x4f;
    private static final int TARS = Der.constructed(0);
    private static final int LEVEL = Der.primitive(1);

    public Rfm {
        requireNonNull(header, "header is null");
        requireNonNull(aid, "aid is null");
        requireNonNull(securityDomain, "securityDomain is null");
        tars = List.copyOf(tars);
        requireNonNull(minimumSecurityLevel, "minimumSecurityLevel is null");
        requireNonNull(accessDomain, "accessDomain is null");
        requireNonNull(adminAccessDomain, "adminAccessDomain is null");
        requireNonNull(adf, "adf is null");
        rest = List.copyOf(rest);
    }

    /** An ADF, and what may be done to the files in it. */
    public record AdfAccess(Aid aid, Octets accessDomain, Octets adminAccessDomain) {
        public AdfAccess {
            requireNonNull(aid, "aid is null");
            requireNonNull(accessDomain, "accessDomain is null");
            requireNonNull(adminAccessDomain, "adminAccessDomain is null");
        }

        Tlv toTlv() {
            return Tlv.of(
                    Der.SEQUENCE,
                    Der.octets(0, aid.toOctets()),
                    Der.octets(1, accessDomain),
                    Der.octets(2, adminAccessDomain));
        }

        static AdfAccess read(Node node) {
            Fields fields = node.fields();
            AdfAccess access = new AdfAccess(
                    ApplicationInstance.aid(fields.required(Der.primitive(0))),
                    fields.required(Der.primitive(1)).value(),
                    fields.required(Der.primitive(2)).value());
            Numbers.requireNothingElse(fields);
            return access;
        }
    }

    @Override
    public ElementKind kind() {
        return ElementKind.RFM;
    }

    @Override
    public Optional<PeHeader> peHeader() {
        return Optional.of(header);
    }

    @Override
    public Tlv toTlv() {
        Components components = Components.of(header)
                .add(AID, aid.toOctets())
                .add(securityDomain.map(one -> new Tlv(AID, one.toOctets())));
        if (!tars.isEmpty()) {
            components.add(Tlv.of(
                    TARS,
                    tars.stream().map(tar -> new Tlv(Der.OCTET_STRING, tar)).toList()));
        }
        return components
                .add(LEVEL, minimumSecurityLevel)
                .add(Der.OCTET_STRING, accessDomain)
                .add(Der.OCTET_STRING, adminAccessDomain)
                .add(adf.map(AdfAccess::toTlv))
                .addAll(rest)
                .sequence(kind().tag());
    }

    static Rfm read(Node node) {
        Fields fields = node.fields();
        return new Rfm(
                PeHeader.read(fields),
                ApplicationInstance.aid(fields.required(AID)),
                fields.optional(AID).map(ApplicationInstance::aid),
                fields.optional(TARS).map(Rfm::tars).orElse(List.of()),
                fields.required(LEVEL).octets(1, 1),
                fields.required(Der.OCTET_STRING).value(),
                fields.required(Der.OCTET_STRING).value(),
                fields.optional(Der.SEQUENCE).map(AdfAccess::read),
                fields.rest());
    }

    private static List<Octets> tars(Node list) {
        return list.someOf(Der.OCTET_STRING).stream()
                .map(tar -> tar.octets(3, 3))
                .toList();
    }
}

package io.godwit.gsma.profile;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.profile.ProfileHeader.MandatoryApplication;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The octets of a {@link ProfileHeader}: {@code A0 L { 80 major | 81 minor | 82 type, if any | 83 0A iccid | 84 pol, if any
 * | A5 services | A6 templates | 87 connectivity, if any | A8 applications, if any | A9 IoT, if any }}.
 */
final class ProfileHeaderCodec {
    private static final int TYPE = 2;
    private static final int ICCID = 3;
    private static final int POL = 4;
    private static final int SERVICES = 5;
    private static final int TEMPLATES = 6;
    private static final int CONNECTIVITY = 7;
    private static final int APPLICATIONS = 8;
    private static final int MAX_POL = 16;

    private ProfileHeaderCodec() {}

    static Tlv write(ProfileHeader header) {
        boolean connectivityFirst =
                !header.rest().isEmpty() && header.rest().get(0).tag() == Der.primitive(CONNECTIVITY);
        int split = connectivityFirst ? 1 : 0;
        Components components = new Components()
                .add(Der.number(0, header.major()))
                .add(Der.number(1, header.minor()))
                .add(header.profileType().map(text -> Der.octets(TYPE, Octets.utf8(text))))
                .add(Der.octets(ICCID, header.iccid()))
                .add(header.pol().map(pol -> Der.octets(POL, pol)))
                .add(Der.sequence(
                        SERVICES, header.services().stream().map(Der::ofNull).toList()))
                .add(Der.sequence(
                        TEMPLATES,
                        header.templates().stream()
                                .map(oid -> new Tlv(Der.OBJECT_IDENTIFIER, oid.octets()))
                                .toList()))
                .addAll(header.rest().subList(0, split));
        if (!header.applications().isEmpty()) {
            components.add(Der.sequence(
                    APPLICATIONS,
                    header.applications().stream()
                            .map(ProfileHeaderCodec::write)
                            .toList()));
        }
        return components
                .addAll(header.rest().subList(split, header.rest().size()))
                .sequence(ElementKind.HEADER.tag());
    }

    private static Tlv write(MandatoryApplication application) {
        return Tlv.of(Der.SEQUENCE, Der.octets(0, application.aid().toOctets()), Der.octets(1, application.version()));
    }

    static ProfileHeader read(Node node) {
        Fields fields = node.fields();
        int major = fields.required(Der.primitive(0)).number(0xff);
        int minor = fields.required(Der.primitive(1)).number(0xff);
        Optional<String> type = fields.optional(Der.primitive(TYPE)).map(ProfileHeaderCodec::text);
        Octets iccid =
                fields.required(Der.primitive(ICCID)).octets(ProfileHeader.ICCID_OCTETS, ProfileHeader.ICCID_OCTETS);
        Optional<Octets> pol = fields.optional(Der.primitive(POL)).map(octets -> octets.octets(0, MAX_POL));
        List<Integer> services = services(fields.required(Der.constructed(SERVICES)));
        List<Oid> templates = fields.required(Der.constructed(TEMPLATES)).childrenOf(Der.OBJECT_IDENTIFIER).stream()
                .map(Oid::read)
                .toList();
        List<Tlv> rest = new ArrayList<>();
        fields.optional(Der.primitive(CONNECTIVITY)).map(Node::toTlv).ifPresent(rest::add);
        List<MandatoryApplication> applications = fields.optional(Der.constructed(APPLICATIONS))
                .map(ProfileHeaderCodec::applications)
                .orElse(List.of());
        rest.addAll(fields.rest());
        return new ProfileHeader(major, minor, type, iccid, pol, services, templates, applications, rest);
    }

    private static String text(Node node) {
        String text = node.octets(1, ProfileHeader.MAX_TYPE_OCTETS).toUtf8();
        if (!Octets.utf8(text).equals(node.value())) {
            throw node.fault(Malformation.BAD_VALUE);
        }
        return text;
    }

    private static List<Integer> services(Node list) {
        List<Integer> services = new ArrayList<>();
        int last = -1;
        for (Node service : list.children()) {
            service.octets(0, 0);
            int number = service.tag() < 0x100 ? service.tag() & 0x1f : service.tag() & 0x7f;
            if (service.tag() != Der.primitive(number) || number <= last) {
                throw service.fault(Malformation.UNEXPECTED_TAG);
            }
            services.add(number);
            last = number;
        }
        return services;
    }

    private static List<MandatoryApplication> applications(Node list) {
        List<MandatoryApplication> applications = new ArrayList<>();
        for (Node one : list.childrenOf(Der.SEQUENCE)) {
            Fields fields = one.fields();
            Aid aid = Aid.of(fields.required(Der.primitive(0)).octets(5, 16));
            applications.add(new MandatoryApplication(
                    aid, fields.required(Der.primitive(1)).octets(2, 2)));
            if (!fields.rest().isEmpty()) {
                throw one.fault(Malformation.TRAILING_OCTETS);
            }
        }
        if (applications.isEmpty()) {
            // Present and empty would be written again as absent.
            throw list.fault(Malformation.MISSING_TAG);
        }
        return applications;
    }
}

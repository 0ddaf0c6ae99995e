package io.godwit.gsma.profile;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;

/**
 * The first element of a package: what the profile is and what it demands.
 *
 * @param major version of the format, 0 to 255
 * @param minor version of the format, 0 to 255
 * @param profileType 1 to 100 octets of UTF-8
 * @param iccid ten octets in plain digit order, the other way round than in EF.ICCID
 * @param pol POL1 as SGP.02 codes it, one octet there
 * @param services the numbers of the services that the card must have, rising; see {@link Service}
 * @param templates the file structure templates that the card must know
 * @param applications what the card must have loaded
 * @param rest connectivity parameters, IoT options and what a later version has added
 */
public record ProfileHeader(
        int major,
        int minor,
        Optional<String> profileType,
        Octets iccid,
        Optional<Octets> pol,
        List<Integer> services,
        List<Oid> templates,
        List<MandatoryApplication> applications,
        List<Tlv> rest)
        implements ProfileElement {
    public static final int ICCID_OCTETS = 10;
    static final int MAX_TYPE_OCTETS = 100;

    /** @throws IllegalArgumentException when a component has not the form above */
    public ProfileHeader {
        requireNonNull(profileType, "profileType is null");
        requireNonNull(pol, "pol is null");
        services = List.copyOf(services);
        templates = List.copyOf(templates);
        applications = List.copyOf(applications);
        rest = List.copyOf(rest);
        if (major >>> 8 != 0 || minor >>> 8 != 0) {
            throw new IllegalArgumentException("version: two octets expected");
        }
        if (iccid.length() != ICCID_OCTETS) {
            throw new IllegalArgumentException("iccid: ten octets expected");
        }
        profileType.map(text -> Octets.utf8(text).length()).ifPresent(length -> {
            if (length == 0 || length > MAX_TYPE_OCTETS) {
                throw new IllegalArgumentException("profileType: 1 to 100 octets of UTF-8 expected");
            }
        });
    }

    /** An application or library that must be there, with its version of two octets. */
    public record MandatoryApplication(Aid aid, Octets version) {
        public MandatoryApplication {
            requireNonNull(aid, "aid is null");
            requireNonNull(version, "version is null");
        }
    }

    @Override
    public ElementKind kind() {
        return ElementKind.HEADER;
    }

    @Override
    public Optional<PeHeader> peHeader() {
        return Optional.empty();
    }

    public boolean demands(Service service) {
        return services.contains(service.number());
    }

    @Override
    public Tlv toTlv() {
        return ProfileHeaderCodec.write(this);
    }

    static ProfileHeader read(Node node) {
        return ProfileHeaderCodec.read(node);
    }
}

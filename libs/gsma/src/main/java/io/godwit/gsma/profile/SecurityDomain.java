package io.godwit.gsma.profile;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A security domain of the profile, the first being the MNO-SD: {@code A6 L { A0 header | A1 instance | A2 keys, if any |
 * A3 personalisation, if any | A4 .. more }}.
 *
 * @param personalisation what STORE DATA would bring, one string each; not interpreted
 * @param rest openPersoData (A4), catTpParameters (A5) and what a later version has added
 */
public record SecurityDomain(
        PeHeader header, ApplicationInstance instance, List<Key> keys, List<Octets> personalisation, List<Tlv> rest)
        implements ProfileElement {
    private static final int INSTANCE = Der.constructed(1);
    private static final int KEYS = Der.constructed(2);
    private static final int PERSONALISATION = Der.constructed(3);

    public SecurityDomain {
        requireNonNull(header, "header is null");
        requireNonNull(instance, "instance is null");
        keys = List.copyOf(keys);
        personalisation = List.copyOf(personalisation);
        rest = List.copyOf(rest);
    }

    /**
     * One key ({@code KeyObject}).
     *
     * @param usage key usage qualifier, one or two octets (GPC 2.3.1 section 11.1.9)
     * @param access who may use it; 0 where absent
     * @param identifier of SCP80: 1 KIc, 2 KID, 3 KIK
     * @param version of SCP80: 1 to 15
     */
    public record Key(
            Octets usage,
            OptionalInt access,
            int identifier,
            int version,
            Optional<Octets> counter,
            List<Component> components) {
        public Key {
            requireNonNull(usage, "usage is null");
            requireNonNull(access, "access is null");
            requireNonNull(counter, "counter is null");
            components = List.copyOf(components);
        }
    }

    /**
     * The value of a key, or a part of it.
     *
     * @param type 80 DES, 88 AES, 85 PSK (GPC 2.3.1 table 11-16)
     * @param macLength 8 where absent
     */
    public record Component(Octets type, SecretOctets value, OptionalInt macLength) {
        public Component {
            requireNonNull(type, "type is null");
            requireNonNull(value, "value is null");
            requireNonNull(macLength, "macLength is null");
        }
    }

    @Override
    public ElementKind kind() {
        return ElementKind.SECURITY_DOMAIN;
    }

    @Override
    public Optional<PeHeader> peHeader() {
        return Optional.of(header);
    }

    @Override
    public Tlv toTlv() {
        Components components = Components.of(header).add(Tlv.of(INSTANCE, instance.toTlvs()));
        if (!keys.isEmpty()) {
            components.add(
                    Tlv.of(KEYS, keys.stream().map(SecurityDomainCodec::write).toList()));
        }
        if (!personalisation.isEmpty()) {
            components.add(Tlv.of(
                    PERSONALISATION,
                    personalisation.stream()
                            .map(data -> new Tlv(Der.OCTET_STRING, data))
                            .toList()));
        }
        return components.addAll(rest).sequence(kind().tag());
    }

    static SecurityDomain read(Node node) {
        Fields fields = node.fields();
        PeHeader header = PeHeader.read(fields);
        ApplicationInstance instance = ApplicationInstance.read(fields.required(INSTANCE));
        List<Key> keys = fields.optional(KEYS)
                .map(list -> list.someOf(Der.SEQUENCE).stream()
                        .map(SecurityDomainCodec::readKey)
                        .toList())
                .orElse(List.of());
        List<Octets> personalisation = fields.optional(PERSONALISATION)
                .map(list ->
                        list.someOf(Der.OCTET_STRING).stream().map(Node::value).toList())
                .orElse(List.of());
        return new SecurityDomain(header, instance, keys, personalisation, fields.rest());
    }
}

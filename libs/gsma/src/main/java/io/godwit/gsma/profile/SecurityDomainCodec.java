package io.godwit.gsma.profile;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The keys of a {@link SecurityDomain}: {@code 30 { 95 usage | 96 access | 82 id | 83 version | 85 counter | 30 { 30 { 80 type | 86 value | 87 MAC length } ... } }}. */
final class SecurityDomainCodec {
    private static final int USAGE = 0x95;
    private static final int ACCESS = 0x96;
    private static final int IDENTIFIER = 0x82;
    private static final int VERSION = 0x83;
    private static final int COUNTER = 0x85;
    private static final int TYPE = 0x80;
    private static final int VALUE = 0x86;
    private static final int MAC_LENGTH = 7;
    private static final int MAX_KEY = 1024;

    private SecurityDomainCodec() {}

    static Tlv write(SecurityDomain.Key key) {
        Components components = new Components().add(USAGE, key.usage());
        key.access().ifPresent(access -> components.add(ACCESS, Octets.ofInts(access)));
        return components
                .add(IDENTIFIER, Octets.ofInts(key.identifier()))
                .add(VERSION, Octets.ofInts(key.version()))
                .add(key.counter().map(counter -> new Tlv(COUNTER, counter)))
                .add(Tlv.of(
                        Der.SEQUENCE,
                        key.components().stream()
                                .map(SecurityDomainCodec::write)
                                .toList()))
                .sequence(Der.SEQUENCE);
    }

    private static Tlv write(SecurityDomain.Component component) {
        return new Components()
                .add(TYPE, component.type())
                .add(VALUE, component.value().reveal())
                .add(Numbers.write(MAC_LENGTH, component.macLength()))
                .sequence(Der.SEQUENCE);
    }

    static SecurityDomain.Key readKey(Node node) {
        Fields fields = node.fields();
        Octets usage = fields.required(USAGE).octets(1, 2);
        OptionalInt access = fields.optional(ACCESS)
                .map(octet -> OptionalInt.of(octet.octets(1, 1).at(0)))
                .orElse(OptionalInt.empty());
        int identifier = fields.required(IDENTIFIER).octets(1, 1).at(0);
        int version = fields.required(VERSION).octets(1, 1).at(0);
        Optional<Octets> counter = fields.optional(COUNTER).map(Node::value);
        Node list = fields.required(Der.SEQUENCE);
        List<SecurityDomain.Component> components = list.childrenOf(Der.SEQUENCE).stream()
                .map(SecurityDomainCodec::readComponent)
                .toList();
        if (components.isEmpty()) {
            throw list.fault(Malformation.MISSING_TAG);
        }
        Numbers.requireNothingElse(fields);
        return new SecurityDomain.Key(usage, access, identifier, version, counter, components);
    }

    private static SecurityDomain.Component readComponent(Node node) {
        Fields fields = node.fields();
        Octets type = fields.required(TYPE).octets(1, 4);
        SecretOctets value = SecretOctets.copyOf(fields.required(VALUE).octets(1, MAX_KEY));
        SecurityDomain.Component component =
                new SecurityDomain.Component(type, value, Numbers.read(fields, MAC_LENGTH, 0xff));
        Numbers.requireNothingElse(fields);
        return component;
    }
}

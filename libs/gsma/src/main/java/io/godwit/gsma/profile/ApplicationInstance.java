package io.godwit.gsma.profile;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An application, or the application that a security domain is: {@code 4F load file | 4F module | 4F AID | 4F extradition, if
 * any | 82 privileges | 83 life cycle state, if any | C9 parameters, if any | ..}.
 *
 * @param extradition the security domain it belongs to; empty for the ISD-P, or the MNO-SD of an application
 * @param privileges one to three octets (GPC 2.3.1 table 11-7)
 * @param parameters what the application itself reads at its installation (C9)
 * @param rest system and UICC parameters (EF, EA), {@link #processData()}, control reference template (B0) and more
 */
public record ApplicationInstance(
        Aid loadFile,
        Aid module,
        Aid aid,
        Optional<Aid> extradition,
        Octets privileges,
        Optional<Octets> lifeCycleState,
        Optional<Octets> parameters,
        List<Tlv> rest) {
    private static final int AID = 0x4f;
    private static final int PRIVILEGES = 0x82;
    private static final int LIFE_CYCLE_STATE = 0x83;
    private static final int PARAMETERS = 0xc9;
    private static final int SYSTEM_PARAMETERS = 0xef;
    private static final int UICC_PARAMETERS = 0xea;
    private static final int PROCESS_DATA = Der.SEQUENCE;
    private static final int TEMPLATE = 0xb0;

    public ApplicationInstance {
        requireNonNull(loadFile, "loadFile is null");
        requireNonNull(module, "module is null");
        requireNonNull(aid, "aid is null");
        requireNonNull(extradition, "extradition is null");
        requireNonNull(privileges, "privileges is null");
        requireNonNull(lifeCycleState, "lifeCycleState is null");
        requireNonNull(parameters, "parameters is null");
        rest = List.copyOf(rest);
    }

    /** What is sent to the application after its installation, one APDU or STORE DATA each. */
    public List<Octets> processData() {
        return rest.stream()
                .filter(part -> part.tag() == PROCESS_DATA)
                .flatMap(part -> part.children().toOptional().orElse(List.of()).stream())
                .map(Tlv::value)
                .toList();
    }

    List<Tlv> toTlvs() {
        return new Components()
                .add(AID, loadFile.toOctets())
                .add(AID, module.toOctets())
                .add(AID, aid.toOctets())
                .add(extradition.map(domain -> new Tlv(AID, domain.toOctets())))
                .add(PRIVILEGES, privileges)
                .add(lifeCycleState.map(state -> new Tlv(LIFE_CYCLE_STATE, state)))
                .add(parameters.map(octets -> new Tlv(PARAMETERS, octets)))
                .addAll(rest)
                .list();
    }

    static ApplicationInstance read(Node node) {
        Fields fields = node.fields();
        Aid loadFile = aid(fields.required(AID));
        Aid module = aid(fields.required(AID));
        Aid aid = aid(fields.required(AID));
        Optional<Aid> extradition = fields.optional(AID).map(ApplicationInstance::aid);
        Octets privileges = fields.required(PRIVILEGES).octets(1, 3);
        Optional<Octets> state = fields.optional(LIFE_CYCLE_STATE).map(octet -> octet.octets(1, 1));
        Optional<Octets> parameters = fields.optional(PARAMETERS).map(Node::value);
        List<Tlv> rest = new ArrayList<>();
        for (int tag : List.of(SYSTEM_PARAMETERS, UICC_PARAMETERS, PROCESS_DATA, TEMPLATE)) {
            fields.optional(tag).ifPresent(part -> {
                if (tag == PROCESS_DATA) {
                    part.someOf(Der.OCTET_STRING);
                } else {
                    part.children();
                }
                rest.add(part.toTlv());
            });
        }
        rest.addAll(fields.rest());
        return new ApplicationInstance(loadFile, module, aid, extradition, privileges, state, parameters, rest);
    }

    static Aid aid(Node node) {
        return Aid.of(node.octets(5, 16));
    }
}

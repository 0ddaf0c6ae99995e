package io.godwit.gsma.profile;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;

/**
 * The card's answer to a profile package ({@code EUICCResponse}; SGP.02 section 4.1.3.3): {@code 30 L { A0 { 30 status ... }
 * | 81 00, if given up | 82 message, if any }}.
 *
 * @param aborted whether the card has given up the installation
 * @param message 2 to 64 octets of UTF-8
 */
public record EuiccResponse(List<PeStatus> statuses, boolean aborted, Optional<String> message) {
    /** The profile is installed: {@code 3007A0053003800100}. */
    public static final EuiccResponse OK =
            new EuiccResponse(List.of(PeStatus.of(PeStatus.OK)), false, Optional.empty());

    private static final int MAX_MESSAGE = 64;

    public EuiccResponse {
        statuses = List.copyOf(statuses);
        requireNonNull(message, "message is null");
    }

    /** Given up for one reason. */
    public static EuiccResponse aborted(PeStatus reason) {
        return new EuiccResponse(List.of(reason), true, Optional.empty());
    }

    /** Whether the profile is there: not given up, and nothing worse said than that an optional element was left out. */
    public boolean isInstalled() {
        return !aborted
                && !statuses.isEmpty()
                && statuses.stream()
                        .allMatch(one -> one.status() == PeStatus.OK || one.status() == PeStatus.PE_NOT_SUPPORTED);
    }

    public Octets encode() {
        Components components = new Components()
                .add(Der.sequence(0, statuses.stream().map(PeStatus::toTlv).toList()));
        if (aborted) {
            components.add(Der.ofNull(1));
        }
        return components
                .add(message.map(text -> Der.octets(2, Octets.utf8(text))))
                .sequence(Der.SEQUENCE)
                .encode();
    }

    /** Reads exactly one answer; never throws. */
    public static Parsed<EuiccResponse> decode(Octets octets) {
        try {
            Node whole = new Node(0, 0, 0, octets).onlyChild();
            whole.require(Der.SEQUENCE);
            Fields fields = whole.fields();
            List<PeStatus> statuses = fields.required(Der.constructed(0)).childrenOf(Der.SEQUENCE).stream()
                    .map(PeStatus::read)
                    .toList();
            boolean aborted = fields.optional(Der.primitive(1))
                    .map(flag -> flag.octets(0, 0))
                    .isPresent();
            Optional<String> message = fields.optional(Der.primitive(2)).map(EuiccResponse::text);
            Numbers.requireNothingElse(fields);
            return Parsed.read(new EuiccResponse(statuses, aborted, message));
        } catch (Faulty fault) {
            return Parsed.malformed(fault.reason());
        }
    }

    private static String text(Node node) {
        String text = node.octets(2, MAX_MESSAGE).toUtf8();
        if (!Octets.utf8(text).equals(node.value())) {
            throw node.fault(Malformation.BAD_VALUE);
        }
        return text;
    }

    /** The first status that is not "ok"; empty when all is well. */
    public Optional<PeStatus> firstFault() {
        return statuses.stream().filter(one -> one.status() != PeStatus.OK).findFirst();
    }
}

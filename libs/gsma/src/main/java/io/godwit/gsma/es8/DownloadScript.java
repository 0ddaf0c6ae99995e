package io.godwit.gsma.es8;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.scp03t.Scp03tCommand;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Commands of SCP03t for one ISD-P, or its answers to them, as one SCP80 packet to the ISD-P's TAR carries them (SGP.02
 * section 4.1.3.3): {@code AA L {84.. | 85.. | 86..}*} and {@code AB L {84.. | 85.. | 86.. | 9F44.. | 9F45.. | 9F46..}*}. The
 * card executes them in their order, up to the first that it does not take.
 *
 * @param elements each one whole TLV, at most {@value #MAX_ELEMENTS}
 */
public record DownloadScript(List<Octets> elements) {
    /** At most so many in one packet: what a package of 200 KB makes in its largest segments. */
    public static final int MAX_ELEMENTS = 255;

    private static final int COMMANDS = 0xaa;
    private static final int ANSWERS = 0xab;
    private static final List<Integer> COMMAND_TAGS =
            Arrays.stream(Scp03tCommand.values()).map(Scp03tCommand::tag).toList();

    /** @throws IllegalArgumentException when there are more elements */
    public DownloadScript {
        elements = List.copyOf(elements);
        if (elements.size() > MAX_ELEMENTS) {
            throw new IllegalArgumentException("script: at most 255 elements expected");
        }
    }

    /** @throws IllegalArgumentException when the elements together have more than 65,535 octets */
    public Octets encodeCommands() {
        return encode(COMMANDS);
    }

    /** @throws IllegalArgumentException when the elements together have more than 65,535 octets */
    public Octets encodeAnswers() {
        return encode(ANSWERS);
    }

    private Octets encode(int tag) {
        return new Tlv(tag, Octets.concat(elements.toArray(Octets[]::new))).encode();
    }

    /** At least one command, and nothing else. */
    public static Parsed<DownloadScript> decodeCommands(Octets octets) {
        return decode(octets, COMMANDS).then(objects -> {
            boolean known = !objects.isEmpty()
                    && COMMAND_TAGS.containsAll(objects.stream().map(Tlv::tag).toList());
            return known ? Parsed.read(of(objects)) : Parsed.malformed(Malformation.UNEXPECTED_TAG);
        });
    }

    /** The answers, whatever their tags: who sent a command reads its answer. */
    public static Parsed<DownloadScript> decodeAnswers(Octets octets) {
        return decode(octets, ANSWERS).then(objects -> Parsed.read(of(objects)));
    }

    private static Parsed<List<Tlv>> decode(Octets octets, int tag) {
        return TlvReader.single(octets, tag)
                .then(Tlv::children)
                .then(objects -> objects.size() <= MAX_ELEMENTS
                        ? Parsed.read(objects)
                        : Parsed.malformed(Malformation.TOO_MANY_ELEMENTS));
    }

    private static DownloadScript of(List<Tlv> objects) {
        List<Octets> elements = new ArrayList<>();
        objects.forEach(object -> elements.add(object.encode()));
        return new DownloadScript(elements);
    }
}

package io.godwit.simulator.device;

import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the card has answered to the latest command packets and group packages, by their hash. One that comes again is
 * answered with the same octets and does not reach the card.
 *
 * @param entries oldest first, at most {@value #CAPACITY}
 */
public record RecordedAnswers(List<Entry> entries) {
    /** A card has one outstanding command, one confirmation beside it and few groups: more than can be repeated. */
    public static final int CAPACITY = 16;

    public static final RecordedAnswers NONE = new RecordedAnswers(List.of());

    /**
     * One answer.
     *
     * @param packetHash SHA-256 of the command packet or group package
     * @param response the response packet
     */
    public record Entry(Octets packetHash, Octets response) {}

    public RecordedAnswers {
        entries = List.copyOf(entries);
    }

    /** The response packet that was given to {@code packet}. */
    public Optional<Octets> find(Octets packet) {
        Octets hash = Sha256.of(packet);
        return entries.stream()
                .filter(entry -> entry.packetHash().equals(hash))
                .map(Entry::response)
                .findFirst();
    }

    /** These answers and one more; the oldest goes when there are too many. */
    public RecordedAnswers with(Octets packet, Octets response) {
        List<Entry> all = new ArrayList<>(entries);
        all.add(new Entry(Sha256.of(packet), response));
        return new RecordedAnswers(all.subList(Math.max(0, all.size() - CAPACITY), all.size()));
    }
}

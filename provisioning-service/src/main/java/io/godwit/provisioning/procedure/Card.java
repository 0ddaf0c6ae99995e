package io.godwit.provisioning.procedure;

import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.provisioning.smdp.IsdPKeySet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One card as the SM-SR keeps it.
 *
 * @param active whether the card is a device of its tenant; one that was taken out of the fleet gets no procedure any more
 * @param registered whether its EIS and keys are here; before that its procedures wait
 * @param counter the last SCP80 counter that was given to a packet
 * @param confirmed the sequence of the last notification that the card knows to be confirmed; -1 before the first
 * @param lapsed whether an enable or disable ended by its validity while the card may have executed it: the card's
 *     "changed" is then not confirmed, so that the card rolls back
 * @param connection where it is; {@code null}: offline
 * @param groups the group configurations that it is known to hold
 * @param isdPKeys what the SM-DP keeps of ISD-Ps that the EIS has; read only where a procedure is about it, and stored by
 *     itself
 * @param askingToldAt when the registry was last told of a request that has got no ticket; {@code null}: never
 */
public record Card(
        Nid nid,
        Eis eis,
        boolean active,
        boolean registered,
        Counter counter,
        int confirmed,
        boolean lapsed,
        @Nullable Connection connection,
        List<Answer> answers,
        List<HeldGroup> groups,
        Map<Aid, IsdPKeySet> isdPKeys,
        @Nullable Instant askingToldAt) {
    /** {@link #confirmed} of a card that has not notified yet. */
    public static final int NONE_CONFIRMED = -1;

    public Card {
        answers = List.copyOf(answers);
        groups = List.copyOf(groups);
        Set<Aid> present = eis.profiles().stream().map(Profile::aid).collect(Collectors.toSet());
        Map<Aid, IsdPKeySet> kept = new HashMap<>(isdPKeys);
        kept.keySet().retainAll(present);
        isdPKeys = Map.copyOf(kept);
    }

    /** A card of whose ISD-Ps the SM-DP keeps nothing, or nothing that was read. */
    public Card(
            Nid nid,
            Eis eis,
            boolean active,
            boolean registered,
            Counter counter,
            int confirmed,
            boolean lapsed,
            @Nullable Connection connection,
            List<Answer> answers,
            List<HeldGroup> groups) {
        this(nid, eis, active, registered, counter, confirmed, lapsed, connection, answers, groups, Map.of(), null);
    }

    /** A card of which the fleet has told, and no EIS has come yet. */
    public static Card announced(Nid nid, Eid eid) {
        return new Card(
                nid,
                new Eis(eid, List.of()),
                true,
                false,
                Counter.ZERO,
                NONE_CONFIRMED,
                false,
                null,
                List.of(),
                List.of());
    }

    public boolean online() {
        return connection != null;
    }

    public Optional<Connection> findConnection() {
        return Optional.ofNullable(connection);
    }

    /** What the D1 of that id was answered. */
    Optional<Answer> answerTo(String d1) {
        return answers.stream().filter(answer -> answer.id().equals(d1)).findFirst();
    }

    /**
     * Whether that D1 was answered after it was said. Then the answer is on its way, or was lost, and the device repeats the D1 once more:
     * a second answer is not needed for this one.
     */
    public boolean hasAnsweredSince(String d1, Instant said) {
        return answerTo(d1).filter(answer -> answer.isAfter(said)).isPresent();
    }

    /** Remembers {@code payload} as the one answer to {@code d1}. */
    Card answering(String d1, Octets payload, Instant until, Instant now) {
        List<Answer> kept = new ArrayList<>(answers);
        kept.removeIf(answer -> answer.id().equals(d1));
        kept.add(new Answer(d1, payload, until, now));
        return new Card(
                nid,
                eis,
                active,
                registered,
                counter,
                confirmed,
                lapsed,
                connection,
                kept.subList(Math.max(0, kept.size() - Answer.KEPT), kept.size()),
                groups,
                isdPKeys,
                askingToldAt);
    }

    /** The same card with the next counter, of {@code epoch} at least. */
    Card counting(int epoch) {
        Counter floor = counter.epoch() < epoch ? counter.withEpoch(epoch) : counter;
        return withCounter(floor.next());
    }

    /**
     * The same card with other keys: their counter begins anew, and an answer that bears a packet for the card is not given again,
     * since the card could not read it.
     */
    Card withNewKeys() {
        List<Answer> readable = answers.stream()
                .filter(answer -> !Payloads.bearsPacket(answer.payload()))
                .toList();
        return new Card(
                nid,
                eis,
                active,
                registered,
                Counter.ZERO,
                confirmed,
                lapsed,
                connection,
                readable,
                groups,
                isdPKeys,
                askingToldAt);
    }

    Card withCounter(Counter next) {
        return new Card(
                nid,
                eis,
                active,
                registered,
                next,
                confirmed,
                lapsed,
                connection,
                answers,
                groups,
                isdPKeys,
                askingToldAt);
    }

    Card with(Eis next) {
        return new Card(
                nid,
                next,
                active,
                registered,
                counter,
                confirmed,
                lapsed,
                connection,
                answers,
                groups,
                isdPKeys,
                askingToldAt);
    }

    /** With what the SM-DP keeps of the card's ISD-Ps. */
    public Card knowing(Map<Aid, IsdPKeySet> next) {
        return new Card(
                nid,
                eis,
                active,
                registered,
                counter,
                confirmed,
                lapsed,
                connection,
                answers,
                groups,
                next,
                askingToldAt);
    }

    /** With what the SM-DP keeps of that ISD-P from now on. */
    Card keeping(Aid isdP, IsdPKeySet keys) {
        Map<Aid, IsdPKeySet> next = new HashMap<>(isdPKeys);
        next.put(isdP, keys);
        return knowing(next);
    }

    Card holding(List<HeldGroup> next) {
        return new Card(
                nid,
                eis,
                active,
                registered,
                counter,
                confirmed,
                lapsed,
                connection,
                answers,
                next,
                isdPKeys,
                askingToldAt);
    }

    public Optional<HeldGroup> held(Gid gid) {
        return groups.stream().filter(held -> held.gid().equals(gid)).findFirst();
    }

    /** The same card, to which packages of that group up to {@code floor} are old. */
    Card withFloor(Gid gid, Counter floor) {
        return holding(groups.stream()
                .map(held -> held.gid().equals(gid) ? held.withFloor(floor) : held)
                .toList());
    }

    Card toldOfAsking(Instant at) {
        return new Card(
                nid, eis, active, registered, counter, confirmed, lapsed, connection, answers, groups, isdPKeys, at);
    }

    Card withLapsed(boolean next) {
        return new Card(
                nid,
                eis,
                active,
                registered,
                counter,
                confirmed,
                next,
                connection,
                answers,
                groups,
                isdPKeys,
                askingToldAt);
    }

    Card at(@Nullable Connection next) {
        return new Card(
                nid,
                eis,
                active,
                registered,
                counter,
                confirmed,
                lapsed,
                next,
                answers,
                groups,
                isdPKeys,
                askingToldAt);
    }

    Card confirming(int sequence) {
        return new Card(
                nid,
                eis,
                active,
                registered,
                counter,
                sequence,
                false,
                connection,
                answers,
                groups,
                isdPKeys,
                askingToldAt);
    }

    Card register(Eis known, Counter floor) {
        Counter next = counter.compareTo(floor) < 0 ? floor : counter;
        return new Card(
                nid, known, active, true, next, confirmed, lapsed, connection, answers, groups, isdPKeys, askingToldAt);
    }

    /** A device of the tenant, again; its EIS and keys are to come. */
    Card announce() {
        return new Card(
                nid,
                eis,
                true,
                registered,
                counter,
                confirmed,
                lapsed,
                connection,
                answers,
                groups,
                isdPKeys,
                askingToldAt);
    }

    Card remove() {
        return new Card(nid, eis, false, false, counter, confirmed, lapsed, connection, answers, groups);
    }

    /** Whether a notification of that sequence is one that was not confirmed yet; sequences wrap at 65,536. */
    boolean isNews(int sequence) {
        return confirmed == NONE_CONFIRMED || isAhead(sequence, confirmed);
    }

    static boolean isAhead(int sequence, int of) {
        int ahead = (sequence - of) & 0xffff;
        return ahead > 0 && ahead < 0x8000;
    }
}

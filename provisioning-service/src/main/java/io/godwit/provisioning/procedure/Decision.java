package io.godwit.provisioning.procedure;

import io.godwit.gsma.scp80.Scp80Keys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a procedure makes of an input; nothing of it has happened yet.
 *
 * @param next the procedure from now on
 * @param card the card from now on
 * @param send what to send once both are stored
 * @param facts what the registry is to hear
 * @param followUps procedures of the platform that come of it: an audit, a deletion by policy
 * @param keys the card's SCP80 key set from now on; {@code null}: the one from before
 * @param ignored why nothing changed; {@code null} when something did
 */
public record Decision(
        Procedure next,
        Card card,
        List<Outgoing> send,
        List<Fact> facts,
        List<Procedure> followUps,
        @Nullable Scp80Keys keys,
        @Nullable Ignored ignored) {
    public Decision {
        send = List.copyOf(send);
        facts = List.copyOf(facts);
        followUps = List.copyOf(followUps);
    }

    static Decision of(Procedure next, Card card) {
        return new Decision(next, card, List.of(), List.of(), List.of(), null, null);
    }

    static Decision ignoring(Procedure procedure, Card card, Ignored why) {
        return new Decision(procedure, card, List.of(), List.of(), List.of(), null, why);
    }

    Decision sending(Outgoing more) {
        return new Decision(next, card, plus(send, more), facts, followUps, keys, ignored);
    }

    Decision telling(Fact more) {
        return new Decision(next, card, send, plus(facts, more), followUps, keys, ignored);
    }

    /** {@code more} is told before what is told already. */
    Decision tellingFirst(List<Fact> more) {
        List<Fact> all = new ArrayList<>(more);
        all.addAll(facts);
        return new Decision(next, card, send, all, followUps, keys, ignored);
    }

    Decision followedBy(Procedure more) {
        return new Decision(next, card, send, facts, plus(followUps, more), keys, ignored);
    }

    /** {@code next} are the card's keys from now on. */
    Decision with(Scp80Keys next) {
        return new Decision(this.next, card, send, facts, followUps, next, ignored);
    }

    private static <T> List<T> plus(List<T> some, T more) {
        List<T> all = new ArrayList<>(some);
        all.add(more);
        return all;
    }
}

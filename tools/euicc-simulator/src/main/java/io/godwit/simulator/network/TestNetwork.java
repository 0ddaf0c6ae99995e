package io.godwit.simulator.network;

import io.godwit.gsma.profile.Imsi;
import io.godwit.protocol.Octets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A home network and the serving network before it in one: it lets a device attach when its USIM shows that it has the
 * carrier's keys (TS 33.102 section 6.3). It never sees a card or a profile package. Called from many threads.
 */
public final class TestNetwork {
    private final Map<Imsi, Subscriber> subscribers = new HashMap<>();
    private final Supplier<Octets> rands;

    /** @param rands sixteen octets each time, which nobody can foretell */
    public TestNetwork(Supplier<Octets> rands) {
        this.rands = rands;
    }

    /** Knows these subscribers from now on and no others; those that it knew go on where they are. */
    public synchronized void provision(Collection<Subscriber> all) {
        Map<Imsi, Subscriber> before = Map.copyOf(subscribers);
        subscribers.clear();
        all.forEach(
                subscriber -> subscribers.put(subscriber.imsi(), subscriber.continuing(before.get(subscriber.imsi()))));
    }

    /** A device wants to attach with that subscription. */
    public NetworkAnswer attach(Imsi imsi) {
        return step(imsi, subscriber -> subscriber.attach(rands.get()));
    }

    /** The USIM has answered the challenge that was given last. */
    public NetworkAnswer answer(Imsi imsi, UsimAnswer answer) {
        return step(imsi, subscriber -> subscriber.answered(answer, rands.get()));
    }

    private synchronized NetworkAnswer step(Imsi imsi, Function<Subscriber, Subscriber.Step> change) {
        Subscriber subscriber = subscribers.get(imsi);
        if (subscriber == null) {
            return new NetworkAnswer.Refused(AttachRefusal.UNKNOWN_SUBSCRIBER);
        }
        Subscriber.Step step = change.apply(subscriber);
        subscribers.put(imsi, step.next());
        return step.answer();
    }
}

package io.godwit.simulator.network;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.aka.AuthenticationVector;
import io.godwit.gsma.aka.HomeSubscription;
import io.godwit.gsma.aka.ResynchronisationToken;
import io.godwit.gsma.profile.Imsi;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.simulator.network.NetworkAnswer.Accepted;
import io.godwit.simulator.network.NetworkAnswer.Challenge;
import io.godwit.simulator.network.NetworkAnswer.Refused;
import org.jspecify.annotations.Nullable;

/**
 * One subscription as the carrier knows it, and how far its attach procedure has come. A value: what the USIM says gives the
 * subscriber after it, and the same dice give the same challenges.
 *
 * @param iccid of the profile that it was ordered with
 * @param outstanding the challenge that waits for its answer
 * @param resynchronised whether the USIM's sequence number was taken up in this procedure already
 */
public record Subscriber(
        Imsi imsi,
        Iccid iccid,
        HomeSubscription subscription,
        @Nullable AuthenticationVector outstanding,
        boolean resynchronised) {
    public Subscriber {
        requireNonNull(imsi, "imsi is null");
        requireNonNull(iccid, "iccid is null");
        requireNonNull(subscription, "subscription is null");
    }

    /** One that has not attached yet. */
    public Subscriber(Imsi imsi, Iccid iccid, HomeSubscription subscription) {
        this(imsi, iccid, subscription, null, false);
    }

    /** The subscriber afterwards, and what the network says. */
    public record Step(Subscriber next, NetworkAnswer answer) {}

    /**
     * A device wants to attach.
     *
     * @param rand sixteen octets that nobody can foretell
     */
    Step attach(Octets rand) {
        return challenged(subscription, rand, false);
    }

    /**
     * The USIM has answered.
     *
     * @param rand for one more challenge, if there has to be one
     */
    Step answered(UsimAnswer answer, Octets rand) {
        AuthenticationVector vector = outstanding;
        if (vector == null) {
            return attach(rand);
        }
        if (answer instanceof UsimAnswer.SyncFailure failure) {
            return resynchronised(vector, failure.auts(), rand);
        }
        if (answer instanceof UsimAnswer.Response response) {
            return ended(
                    vector.isAnsweredBy(response.res()) ? new Accepted() : new Refused(AttachRefusal.RES_MISMATCH));
        }
        return ended(new Refused(AttachRefusal.MAC_FAILURE));
    }

    /** Once: a USIM that is not content with a number above its own will never be (TS 24.301 section 5.4.2.7). */
    private Step resynchronised(AuthenticationVector vector, ResynchronisationToken auts, Octets rand) {
        return resynchronised
                ? ended(new Refused(AttachRefusal.SYNC_FAILURE))
                : subscription
                        .resynchronised(vector.rand(), auts)
                        .map(taught -> challenged(taught, rand, true))
                        .orElseGet(() -> ended(new Refused(AttachRefusal.SYNC_FAILURE)));
    }

    private Step challenged(HomeSubscription from, Octets rand, boolean again) {
        HomeSubscription.Challenged challenged = from.challenge(rand);
        AuthenticationVector vector = challenged.vector();
        return new Step(
                new Subscriber(imsi, iccid, challenged.next(), vector, again),
                new Challenge(vector.rand(), vector.autn()));
    }

    private Step ended(NetworkAnswer answer) {
        return new Step(new Subscriber(imsi, iccid, subscription), answer);
    }

    /** This subscription, read anew, with the sequence number that it has reached; another one when the keys are others. */
    Subscriber continuing(@Nullable Subscriber before) {
        return before != null && before.subscription().functions().equals(subscription.functions()) ? before : this;
    }
}

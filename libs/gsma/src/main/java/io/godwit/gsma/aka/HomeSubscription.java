package io.godwit.gsma.aka;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Octets;
import java.util.Optional;

/**
 * The home network's side of one subscription, as its authentication centre keeps it (TS 33.102 sections 6.3.2 and 6.3.5).
 * A value: a challenge gives the subscription after it, which must be kept before the challenge is sent.
 *
 * @param sqn of the latest challenge
 */
public record HomeSubscription(AkaFunctions functions, Sqn sqn) {
    /** The separation bit is set, as in challenges for LTE and 5G (TS 33.102 annex H). */
    public static final Octets AMF = Octets.fromHex("8000");

    public HomeSubscription {
        requireNonNull(functions, "functions is null");
        requireNonNull(sqn, "sqn is null");
    }

    /** A challenge, and the subscription that has given it. */
    public record Challenged(HomeSubscription next, AuthenticationVector vector) {}

    /**
     * Makes the next challenge.
     *
     * @param rand sixteen octets that nobody can foretell
     */
    public Challenged challenge(Octets rand) {
        Sqn next = sqn.next();
        return new Challenged(new HomeSubscription(functions, next), vector(functions, rand, next, AMF));
    }

    /** The challenge with this very number. */
    public static AuthenticationVector vector(AkaFunctions functions, Octets rand, Sqn sqn, Octets amf) {
        AkaFunctions.Derived derived = functions.f2345(rand);
        AuthenticationToken autn =
                new AuthenticationToken(Bits.xor(sqn.toOctets(), derived.ak()), amf, functions.f1(rand, sqn, amf));
        return new AuthenticationVector(rand, autn, derived.res(), derived.ck(), derived.ik());
    }

    /**
     * Takes up the USIM's number; empty when {@code auts} is not by the USIM, or not about this challenge. The next challenge
     * is above all that the USIM has accepted, so that it is fresh whatever its IND.
     *
     * @param rand of the challenge that was not fresh
     */
    public Optional<HomeSubscription> resynchronised(Octets rand, ResynchronisationToken auts) {
        Sqn ofUsim = Sqn.of(Bits.xor(auts.concealedSqn(), functions.f5Star(rand)));
        Octets mac = functions.f1Star(rand, ofUsim, ResynchronisationToken.AMF);
        return mac.equalsInConstantTime(auts.mac())
                ? Optional.of(new HomeSubscription(functions, ofUsim))
                : Optional.empty();
    }
}

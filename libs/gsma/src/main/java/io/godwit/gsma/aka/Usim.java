package io.godwit.gsma.aka;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;

/**
 * The USIM's side (TS 33.102 section 6.3.3, AUTHENTICATE of TS 31.102 section 7.1.2): whether a challenge comes from the home
 * network and is fresh, and the answer to it. Pure: the same challenge to the same numbers gives the same answer.
 *
 * @param numbers what it has accepted so far
 */
public record Usim(AkaFunctions functions, FreshnessRule rule, SequenceNumbers numbers) {
    public Usim {
        requireNonNull(functions, "functions is null");
        requireNonNull(rule, "rule is null");
        requireNonNull(numbers, "numbers is null");
    }

    /** What AUTHENTICATE comes to. */
    public sealed interface Answer {}

    /**
     * The network is the home network, and the challenge is fresh.
     *
     * @param res for the network
     * @param ck for the device, as is {@code ik}
     * @param next what it has accepted from now on
     */
    public record Success(Octets res, SecretOctets ck, SecretOctets ik, SequenceNumbers next) implements Answer {
        public Success {
            requireNonNull(res, "res is null");
            requireNonNull(ck, "ck is null");
            requireNonNull(ik, "ik is null");
            requireNonNull(next, "next is null");
        }
    }

    /** The challenge was made with other keys, or changed on its way (status word 9862). */
    public record MacFailure() implements Answer {}

    /** The challenge is genuine and not fresh: the network may take up the USIM's number by this. */
    public record SyncFailure(ResynchronisationToken auts) implements Answer {
        public SyncFailure {
            requireNonNull(auts, "auts is null");
        }
    }

    /**
     * Answers a challenge.
     *
     * @param rand sixteen octets
     */
    public Answer authenticate(Octets rand, AuthenticationToken autn) {
        AkaFunctions.Derived derived = functions.f2345(rand);
        Sqn sqn = Sqn.of(Bits.xor(autn.concealedSqn(), derived.ak()));
        if (!functions.f1(rand, sqn, autn.amf()).equalsInConstantTime(autn.mac())) {
            return new MacFailure();
        }
        if (!numbers.accepts(sqn, rule) || isResynchronisationTest(autn)) {
            return new SyncFailure(ResynchronisationToken.seal(functions, rand, numbers.highest()));
        }
        return new Success(derived.res(), derived.ck(), derived.ik(), numbers.with(sqn));
    }

    private boolean isResynchronisationTest(AuthenticationToken autn) {
        return functions instanceof UsimTestAlgorithm && autn.amf().equals(UsimTestAlgorithm.AMF_RESYNCH);
    }
}

package io.godwit.cli.bench.ecdsa;

import io.godwit.cli.bench.ProcessorTime;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecdsa.EcdsaProvider;
import io.godwit.protocol.Octets;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/** Signs and verifies a message of 200 octets, about a group package, on one thread. */
public final class EcdsaBench {
    /**
     * One provider's figures: microseconds of processor time an operation, so that a busy machine does not count.
     *
     * @param verifyFresh with a public key that was not used before
     */
    public record Figures(String provider, double sign, double verify, double verifyFresh) {}

    private static final int MESSAGE = 200;

    private EcdsaBench() {}

    /** @param each how long each operation is repeated, after as long a warm-up */
    public static List<Figures> run(Duration each) {
        return EcdsaProvider.available().stream()
                .map(provider -> measure(provider, each))
                .toList();
    }

    private static Figures measure(EcdsaProvider provider, Duration each) {
        SecureRandom random = new SecureRandom();
        EcKeyPair pair = EcKeyPair.generate(random);
        PrivateKey key = provider.privateKey(pair.reveal());
        byte[] bytes = new byte[MESSAGE];
        random.nextBytes(bytes);
        Octets message = Octets.of(bytes);
        Octets signature = provider.sign(key, message);
        double sign = ProcessorTime.micros(each, () -> provider.sign(key, message));
        double verify =
                ProcessorTime.micros(each, () -> require(provider.verifies(pair.publicKey(), message, signature)));
        // More keys than a provider keeps parsed.
        List<Signed> signed = java.util.stream.Stream.generate(() -> EcKeyPair.generate(random))
                .limit(2000)
                .map(fresh -> new Signed(fresh, provider.sign(provider.privateKey(fresh.reveal()), message)))
                .toList();
        int[] next = {0};
        double fresh = ProcessorTime.micros(each, () -> {
            Signed one = signed.get(next[0]++ % signed.size());
            require(provider.verifies(one.pair().publicKey(), message, one.signature()));
        });
        return new Figures(provider.description(), sign, verify, fresh);
    }

    private record Signed(EcKeyPair pair, Octets signature) {}

    private static void require(boolean verified) {
        if (!verified) {
            throw new IllegalStateException("a sound signature does not verify");
        }
    }
}

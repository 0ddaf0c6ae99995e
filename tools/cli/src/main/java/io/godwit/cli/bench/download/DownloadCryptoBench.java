package io.godwit.cli.bench.download;

import io.godwit.cli.bench.ProcessorTime;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecdsa.EcdsaProvider;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.ProfileBuilder;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.time.Duration;

/** Measures {@link ServersWork} and {@link LowerBound}, in one run and on one thread. */
public final class DownloadCryptoBench {
    private static final int PASSES = 4;

    /**
     * Microseconds of processor time for one card.
     *
     * @param provider who does the curves
     * @param packageOctets how large the profile package is
     * @param sentOctets how large the four packets to the card are together
     * @param servers all that SM-SR and SM-DP compute
     * @param verify and the next four: one call of each primitive
     * @param cipher the package once through AES
     */
    public record Figures(
            String provider,
            int packageOctets,
            int sentOctets,
            double servers,
            double verify,
            double keyPair,
            double agree,
            double sign,
            double cipher) {
        /** What nobody can do without. */
        public double bound() {
            return verify + keyPair + agree + sign + PASSES * cipher;
        }

        public double ratio() {
            return servers / bound();
        }
    }

    private DownloadCryptoBench() {}

    /**
     * @param each how long each operation is repeated, after as long a warm-up
     * @param octets about how large the profile package is to be
     */
    public static Figures run(Duration each, int octets) {
        Octets key = Octets.of(new byte[16]);
        Octets profile = ProfileBuilder.of(
                        Iccid.withCheckDigit("8900012345678901000"),
                        new Imsi("001010123456789"),
                        SecretOctets.copyOf(key),
                        SecretOctets.copyOf(key))
                .paddedTo(octets)
                .build()
                .encode();
        ServersWork work = new ServersWork(profile);
        LowerBound bound = new LowerBound(profile.length());
        int sent = work.forOneCard();
        double servers = ProcessorTime.micros(each, () -> require(work.forOneCard() == sent));
        return new Figures(
                EcdsaProvider.chosen().description(),
                profile.length(),
                sent,
                servers,
                ProcessorTime.micros(each, () -> require(bound.verify())),
                ProcessorTime.micros(each, () -> require(!bound.keyPair().equals(bound))),
                ProcessorTime.micros(each, () -> require(!bound.agree().equals(bound))),
                ProcessorTime.micros(each, () -> require(!bound.sign().equals(bound))),
                ProcessorTime.micros(each, () -> require(bound.cipher().length > 0)));
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("an operation did not do what it is measured for");
        }
    }
}

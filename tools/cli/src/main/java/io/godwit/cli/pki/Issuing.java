package io.godwit.cli.pki;

import io.godwit.gsma.certificate.X509Issuer;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.protocol.Octets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * What issuing takes from outside.
 *
 * @param now from when the certificates hold
 * @param years for how long
 */
public record Issuing(SecureRandom random, Instant now, int years) {
    /** A device whose clock is a little behind takes a fresh certificate nevertheless. */
    private static final Duration BACK = Duration.ofHours(1);

    EcKeyPair newKey() {
        return EcKeyPair.generate(random);
    }

    /** 16 octets that nobody has drawn before, a positive number. */
    Octets serial() {
        byte[] drawn = new byte[16];
        random.nextBytes(drawn);
        drawn[0] = (byte) ((drawn[0] & 0x3f) | 0x40);
        return Octets.of(drawn);
    }

    X509Issuer.Terms terms() {
        Instant from = now.minus(BACK).truncatedTo(ChronoUnit.SECONDS);
        return new X509Issuer.Terms(
                serial(), from, from.atOffset(ZoneOffset.UTC).plusYears(years).toInstant());
    }

    LocalDate firstDay() {
        return now.minus(BACK).atOffset(ZoneOffset.UTC).toLocalDate();
    }

    LocalDate lastDay() {
        return firstDay().plusYears(years);
    }
}

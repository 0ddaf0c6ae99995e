package io.godwit.gsma.profile.personalisation;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.AkaParameter;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.PinCodes;
import io.godwit.gsma.profile.ProfileElement;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.PukCodes;
import io.godwit.gsma.profile.SecurityDomain;
import io.godwit.gsma.profile.personalisation.SubscriptionData.Aka;
import io.godwit.gsma.profile.personalisation.SubscriptionData.Algorithm;
import io.godwit.gsma.profile.personalisation.SubscriptionData.KeySet;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Subscriptions for tests: that of a package, and others like it. */
final class Subscriptions {
    private Subscriptions() {}

    /** All that a template of this package would want. */
    static SubscriptionData in(ProfilePackage profile, Iccid iccid, Imsi imsi) {
        SubscriptionData data = SubscriptionData.of(iccid, imsi, aka(profile));
        boolean mnoSd = false;
        for (ProfileElement element : profile.elements()) {
            if (element instanceof PinCodes pins && pins.source() instanceof PinCodes.Own own) {
                for (PinCodes.Pin pin : own.pins()) {
                    data = data.withPin(pin.keyReference(), pin.value());
                }
            } else if (element instanceof PukCodes puks) {
                for (PukCodes.Puk puk : puks.puks()) {
                    data = data.withPuk(puk.keyReference(), puk.value());
                }
            } else if (element instanceof SecurityDomain domain && !mnoSd) {
                mnoSd = true;
                data = data.withMnoSd(
                        domain.keys().stream().flatMap(Subscriptions::keySet).toArray(KeySet[]::new));
            }
        }
        return data;
    }

    private static Aka aka(ProfilePackage profile) {
        AkaParameter.Algorithm found = profile.elements().stream()
                .filter(AkaParameter.class::isInstance)
                .map(element -> ((AkaParameter) element).configuration())
                .filter(AkaParameter.Algorithm.class::isInstance)
                .map(AkaParameter.Algorithm.class::cast)
                .findFirst()
                .orElseThrow();
        Algorithm algorithm = Algorithm.of(found.id()).orElseThrow();
        return new Aka(
                algorithm, found.key(), algorithm == Algorithm.USIM_TEST ? Optional.empty() : Optional.of(found.opc()));
    }

    private static Stream<KeySet> keySet(SecurityDomain.Key key) {
        return Stream.of(new KeySet(
                key.version(),
                key.components().stream()
                        .map(component ->
                                new SubscriptionData.Key(key.identifier(), component.type(), component.value()))
                        .toList()));
    }

    /** The same secrets' places with other values. */
    static SubscriptionData other(SubscriptionData data, Random random) {
        Aka aka = new Aka(
                data.aka().algorithm(),
                other(data.aka().k(), random),
                data.aka().opc().map(opc -> other(opc, random)));
        SubscriptionData other = SubscriptionData.of(
                iccid(random), new Imsi(digits(random, data.imsi().digits().length())), aka);
        for (int reference : data.pins().keySet()) {
            other = other.withPin(reference, SubscriptionData.code(digits(random, 4 + random.nextInt(5))));
        }
        for (int reference : data.puks().keySet()) {
            other = other.withPuk(reference, SubscriptionData.code(digits(random, 8)));
        }
        List<KeySet> sets = data.mnoSd().stream()
                .map(set -> new KeySet(
                        set.version(),
                        set.keys().stream()
                                .map(key -> new SubscriptionData.Key(key.id(), key.type(), other(key.value(), random)))
                                .toList()))
                .toList();
        other = other.withMnoSd(sets.toArray(KeySet[]::new));
        return data.cdma().isPresent() ? other.with(data.cdma().get()) : other;
    }

    private static SecretOctets other(SecretOctets secret, Random random) {
        byte[] bytes = new byte[secret.length()];
        random.nextBytes(bytes);
        bytes[0] |= 1;
        return SecretOctets.copyOf(Octets.of(bytes));
    }

    static Iccid iccid(Random random) {
        return Iccid.withCheckDigit("89" + digits(random, 15 + random.nextInt(3)));
    }

    static Imsi imsi(Random random) {
        return new Imsi(digits(random, 6 + random.nextInt(10)));
    }

    private static String digits(Random random, int number) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < number; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }
}

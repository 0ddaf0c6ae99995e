package io.godwit.gsma.profile.personalisation;

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
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The other way round: what a package with secrets holds of its subscription, for whoever has packages and wants to hand over a
 * template and subscriptions instead.
 */
public final class PackageSecrets {
    private PackageSecrets() {}

    /**
     * All that a template of this package wants.
     *
     * @throws IllegalArgumentException when the package has no akaParameter with an algorithm of PEDefinitions 3.3
     */
    public static SubscriptionData of(ProfilePackage profile, Iccid iccid, Imsi imsi) {
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
                        domain.keys().stream().flatMap(PackageSecrets::keySet).toArray(KeySet[]::new));
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
                .orElseThrow(() -> new IllegalArgumentException("the package has no akaParameter with keys"));
        Algorithm algorithm = Algorithm.of(found.id())
                .orElseThrow(() -> new IllegalArgumentException("akaParameter: algorithm " + found.id()));
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
}

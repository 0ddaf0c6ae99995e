package io.godwit.gsma.profile.personalisation;

import static io.godwit.gsma.profile.personalisation.ProfileTemplateTest.personalised;
import static io.godwit.gsma.profile.personalisation.ProfileTemplateTest.places;
import static io.godwit.gsma.profile.personalisation.ProfileTemplateTest.template;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.install.Installation;
import io.godwit.gsma.testing.Profiles;
import io.godwit.gsma.testing.RealProfiles;
import io.godwit.protocol.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The test profiles of GSMA TS.48 as templates. */
class RealTemplatesTest {
    @Test
    void theirSecretsAreFound() {
        RealProfiles.all().forEach((name, octets) -> {
            String places = places(ProfileTemplate.of(octets)).toString();
            for (String what : new String[] {": K,", ": PIN 1,", ": ADM1,", ": A-Key", "key 1 of key set 1, type 80"}) {
                assertTrue(places.contains(what), name + ": " + places);
            }
            // DF.5F40 is for WLAN in an ADF, and something else here.
            assertFalse(places.contains("3F00/7F66"), name + ": " + places);
        });
    }

    @Test
    void aTemplateAndItsSubscriptionMakeThemAgain() {
        RealProfiles.all().forEach((name, octets) -> {
            ProfilePackage profile = ProfilePackage.decode(octets).toOptional().orElseThrow();
            ProfileTemplate template = template(ProfileTemplate.blank(profile));
            assertEquals(octets.length(), template.encode().length(), name);
            SubscriptionData own = subscription(profile);
            Octets again = personalised(template.personalise(own)).encode();
            assertEquals(octets, withWhatATemplateDoesNotKeep(profile, octets, again), name);
            SubscriptionData other = Subscriptions.other(own, new Random(octets.length()));
            ProfilePackage made = personalised(template.personalise(other));
            String text = new String(made.encode().toBytes(), StandardCharsets.ISO_8859_1);
            assertTrue(text.contains("sip:" + other.imsi() + "@ims.mnc"), name);
            assertFalse(text.contains(own.imsi().digits()), name);
        });
    }

    /** {@code again}, with what a template does not keep taken from {@code before}. */
    private static Octets withWhatATemplateDoesNotKeep(ProfilePackage profile, Octets before, Octets again) {
        Anatomy anatomy = Anatomy.of(profile, before);
        Patch patch = new Patch(again);
        anatomy.keyFileContents().forEach(field -> patch.put(field, field.in(before)));
        anatomy.accessClassFiles().stream()
                .flatMap(path -> anatomy.contents().in(path).stream())
                .forEach(placed -> patch.put(placed.field(), placed.field().in(before)));
        // One of them has another IMSI in its ISIM than in its USIM.
        ImsIdentities.of(anatomy).forEach(field -> patch.put(field, field.in(before)));
        return patch.octets();
    }

    private static SubscriptionData subscription(ProfilePackage profile) {
        SubscriptionData.Cdma cdma = new SubscriptionData.Cdma(
                secret("00000000ffffffff"),
                Optional.of(secret("0123456789abcdef0123456789abcdef")),
                Optional.of(secret("8008101820283038404880889098a0a8b0")),
                Optional.of(secret("108008101820283038404880889098a0a8b0")),
                Optional.of(secret("108008101820283038404880889098a0a8b4004080c1014181c20244044484c5054580")));
        return Subscriptions.in(profile, Profiles.ICCID, imsi(profile)).with(cdma);
    }

    private static Imsi imsi(ProfilePackage profile) {
        return ((Installation.Finished) Profiles.installed(profile.encode()))
                .profile()
                .imsi()
                .orElseThrow();
    }

    private static SecretOctets secret(String hex) {
        return SecretOctets.copyOf(Octets.fromHex(hex));
    }
}

package io.godwit.gsma.profile.personalisation;

import static io.godwit.gsma.profile.personalisation.ProfileTemplateTest.personalised;
import static io.godwit.gsma.profile.personalisation.ProfileTemplateTest.template;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.install.InstalledProfile;
import io.godwit.gsma.testing.Mutator;
import io.godwit.gsma.testing.Profiles;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Any subscription: the card has its numbers and secrets, and blanked again its profile is the template. */
class PersonalisationProperties {
    private static final SubscriptionData OWN =
            Subscriptions.in(Profiles.builder().build(), Profiles.ICCID, Profiles.IMSI);

    @Test
    void anySubscriptionIsInItsProfileAndInNoOther() {
        Mutator mutator = Mutator.announced("subscriptions");
        ProfileTemplate template = template();
        for (int i = 0; i < 300; i++) {
            SubscriptionData data = Subscriptions.other(OWN, mutator.random());
            ProfilePackage profile = personalised(template.personalise(data));
            InstalledProfile installed = PersonalisationTest.installed(profile);
            assertEquals(Optional.of(data.iccid()), installed.iccid());
            assertEquals(Optional.of(data.imsi()), installed.imsi());
            assertEquals(
                    data.secrets(),
                    Subscriptions.in(profile, data.iccid(), data.imsi()).secrets());
            assertEquals(
                    template.encode(),
                    ProfileTemplateTest.template(ProfileTemplate.blank(withAccessClassOf(profile, template)))
                            .encode());
        }
    }

    /** EF.ACC is no secret and follows the IMSI: as the template has it. */
    private static ProfilePackage withAccessClassOf(ProfilePackage profile, ProfileTemplate template) {
        Anatomy anatomy = Anatomy.of(template.toPackage(), template.encode());
        Patch patch = new Patch(profile.encode());
        Field field =
                anatomy.contents().in(anatomy.accessClassFiles().get(0)).get(0).field();
        patch.put(field, field.in(template.encode()));
        return ProfilePackage.decode(patch.octets()).toOptional().orElseThrow();
    }
}

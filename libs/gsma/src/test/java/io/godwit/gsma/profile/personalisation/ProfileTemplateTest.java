package io.godwit.gsma.profile.personalisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.profile.PackageFault;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.testing.Profiles;
import io.godwit.protocol.Octets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileTemplateTest {
    private static final ProfilePackage PACKAGE = Profiles.builder().build();

    @Test
    void eachSecretOfAPackageIsFoundWhereItIs() {
        List<SecretPlace> places = places(ProfileTemplate.of(PACKAGE));
        assertEquals(
                List.of(
                        "2 PUK 1",
                        "2 local PUK 1",
                        "3 PIN 1",
                        "3 ADM1",
                        "5 local PIN 1",
                        "6 K",
                        "6 OPc",
                        "7 key 1 of key set 1, type 88, of the MNO-SD",
                        "7 key 2 of key set 1, type 88, of the MNO-SD",
                        "7 key 3 of key set 1, type 88, of the MNO-SD",
                        "7 key 1 of key set 112, type 88, of the MNO-SD"),
                places.stream()
                        .map(place -> place.element() + " " + place.what())
                        .toList());
        SecretPlace k = places.get(5);
        assertEquals(Profiles.KI, PACKAGE.encode().slice(k.offset(), k.offset() + 16));
        assertEquals("element 6 akaParameter (identification 6), octet " + k.offset() + ": K", k.toString());
    }

    @Test
    void aBlankedPackageIsATemplateOfTheSameLength() {
        ProfileTemplate template = template();
        assertEquals(PACKAGE.encode().length(), template.encode().length());
        assertEquals(template.encode(), template.toPackage().encode());
        assertEquals(11, template.secrets().size());
        assertEquals(List.of(), template.code());
        assertTrue(ProfileTemplate.of(template.toPackage()) instanceof ProfileTemplate.Sound);
        String hex = template.encode().toHex();
        for (Octets secret :
                List.of(Profiles.KI, Profiles.OPC, Profiles.ICCID.toSwappedOctets(), Profiles.IMSI.toOctets())) {
            assertFalse(hex.contains(secret.toHex()));
        }
    }

    @Test
    void theSubscriptionOfAPackageMakesItOfItsTemplateAgain() {
        SubscriptionData own = Subscriptions.in(PACKAGE, Profiles.ICCID, Profiles.IMSI);
        assertEquals(PACKAGE.encode(), personalised(template().personalise(own)).encode());
    }

    @Test
    void whatIsNoPackageIsUnreadable() {
        assertEquals(
                new ProfileTemplate.Unreadable(new PackageFault(0, "header", Malformation.MISSING_TAG)),
                ProfileTemplate.of(Octets.EMPTY));
        assertTrue(ProfileTemplate.of(Octets.fromHex("a0")) instanceof ProfileTemplate.Unreadable);
    }

    @Test
    void nothingOfASecretIsSaid() {
        SubscriptionData own = Subscriptions.in(PACKAGE, Profiles.ICCID, Profiles.IMSI);
        String said = ProfileTemplate.of(PACKAGE).toString()
                + template()
                + template().personalise(own)
                + own
                + own.aka()
                + own.mnoSd();
        assertFalse(said.contains(Profiles.KI.toHex()));
        assertFalse(said.contains(Profiles.IMSI.digits()));
    }

    static ProfileTemplate template() {
        return template(ProfileTemplate.blank(PACKAGE));
    }

    static ProfileTemplate template(ProfileTemplate.Examination examination) {
        assertTrue(examination instanceof ProfileTemplate.Sound, examination.toString());
        return ((ProfileTemplate.Sound) examination).template();
    }

    static ProfilePackage personalised(Personalisation personalisation) {
        assertTrue(personalisation instanceof Personalisation.Personalised, personalisation.toString());
        return ((Personalisation.Personalised) personalisation).profile();
    }

    static List<SecretPlace> places(ProfileTemplate.Examination examination) {
        assertTrue(examination instanceof ProfileTemplate.Refused, examination.toString());
        return ((ProfileTemplate.Refused) examination).places();
    }
}

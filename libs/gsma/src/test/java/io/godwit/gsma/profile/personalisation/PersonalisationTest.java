package io.godwit.gsma.profile.personalisation;

import static io.godwit.gsma.profile.personalisation.ProfileTemplateTest.personalised;
import static io.godwit.gsma.profile.personalisation.ProfileTemplateTest.template;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.AkaParameter;
import io.godwit.gsma.profile.ElementKind;
import io.godwit.gsma.profile.Fcp;
import io.godwit.gsma.profile.FileOperation;
import io.godwit.gsma.profile.FileOperation.Create;
import io.godwit.gsma.profile.FileOperation.Select;
import io.godwit.gsma.profile.FileOperation.Skip;
import io.godwit.gsma.profile.FileOperation.Write;
import io.godwit.gsma.profile.FilePath;
import io.godwit.gsma.profile.GenericFileManagement;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.PeHeader;
import io.godwit.gsma.profile.PinCodes;
import io.godwit.gsma.profile.ProfileElement;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.SecurityDomain;
import io.godwit.gsma.profile.TemplatedFiles;
import io.godwit.gsma.profile.TemplatedFiles.TemplateFile;
import io.godwit.gsma.profile.install.Installation;
import io.godwit.gsma.profile.install.InstalledProfile;
import io.godwit.gsma.profile.personalisation.SubscriptionData.Aka;
import io.godwit.gsma.profile.personalisation.SubscriptionData.KeySet;
import io.godwit.gsma.testing.Profiles;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PersonalisationTest {
    private static final ProfilePackage PACKAGE = Profiles.builder().build();
    private static final SubscriptionData OWN = Subscriptions.in(PACKAGE, Profiles.ICCID, Profiles.IMSI);
    private static final SecretOctets KEY = secret(16);

    @Test
    void theCardHasWhatTheSubscriptionSays() {
        Iccid iccid = Iccid.withCheckDigit("890001234567890123");
        Imsi imsi = new Imsi("262011234567894");
        SecretOctets pin = SubscriptionData.code("4711");
        SubscriptionData data = new SubscriptionData(
                        iccid, imsi, Aka.milenage(KEY, KEY), OWN.pins(), OWN.puks(), OWN.mnoSd(), Optional.empty())
                .withPin(SubscriptionData.PIN1, pin);
        InstalledProfile profile = installed(personalised(template().personalise(data)));
        assertEquals(Optional.of(iccid), profile.iccid());
        assertEquals(Optional.of(imsi), profile.imsi());
        assertEquals(Optional.of(iccid.toSwappedOctets()), profile.files().content(Anatomy.EF_ICCID));
        assertEquals(Optional.of(Octets.fromHex("0010")), profile.files().content(FilePath.of(0x7fd0, 0x6f78)));
        AkaParameter.Algorithm algorithm = (AkaParameter.Algorithm)
                profile.authentications().get(0).parameter().configuration();
        assertEquals(KEY, algorithm.key());
        assertEquals(KEY, algorithm.opc());
        assertEquals(
                List.of(pin),
                profile.pins().stream()
                        .map(InstalledProfile.DirectoryPin::pin)
                        .filter(one -> one.keyReference() == SubscriptionData.PIN1)
                        .map(PinCodes.Pin::value)
                        .toList());
    }

    @Test
    void specialAccessClassesStay() {
        ProfileTemplate template = changed(ElementKind.USIM, 18, new Write(Octets.fromHex("8200")));
        InstalledProfile profile = installed(personalised(template.personalise(OWN)));
        assertEquals(Optional.of(Octets.fromHex("8200")), profile.files().content(FilePath.of(0x7fd0, 0x6f78)));
        template = changed(ElementKind.USIM, 18, new Write(Octets.fromHex("8001")));
        profile = installed(personalised(template.personalise(OWN)));
        assertEquals(Optional.of(Octets.fromHex("8200")), profile.files().content(FilePath.of(0x7fd0, 0x6f78)));
    }

    @Test
    void aTemplateWithoutAuthenticationIsRefused() {
        assertRefused(
                "the template has no akaParameter with a key of its own",
                without(one -> one instanceof AkaParameter).personalise(OWN));
    }

    @Test
    void anotherAlgorithmIsRefused() {
        SubscriptionData tuak = with(Aka.tuak(KEY, secret(32)));
        assertRefused(
                "akaParameter with identification 6 has another algorithm than the subscription's TUAK",
                template().personalise(tuak));
    }

    @Test
    void tuakTakesKeysOfThirtyTwoOctets() {
        AkaParameter.Algorithm tuak =
                new AkaParameter.Algorithm(AkaParameter.TUAK, Octets.ofInts(0), zeros(32), zeros(32), List.of());
        ProfileTemplate template =
                changed(one -> one instanceof AkaParameter aka ? new AkaParameter(aka.header(), tuak, List.of()) : one);
        InstalledProfile profile =
                installed(personalised(template.personalise(with(Aka.tuak(secret(32), secret(32))))));
        AkaParameter.Algorithm algorithm = (AkaParameter.Algorithm)
                profile.authentications().get(0).parameter().configuration();
        assertEquals(secret(32), algorithm.key());
        assertRefused("K has 16 octets, the template wants 32", template.personalise(with(Aka.tuak(KEY, secret(32)))));
    }

    private static SecretOctets zeros(int length) {
        return SecretOctets.copyOf(Placeholder.of(length));
    }

    @Test
    void anotherLengthIsRefused() {
        SubscriptionData shorter = OWN.withMnoSd(OWN.mnoSd().stream()
                .map(set -> new KeySet(
                        set.version(),
                        set.keys().stream()
                                .map(key -> new SubscriptionData.Key(key.id(), key.type(), secret(24)))
                                .toList()))
                .toArray(KeySet[]::new));
        assertRefused(
                "has 24 octets, the template wants 16 at element 7", template().personalise(shorter));
    }

    @Test
    void aTemplateWithoutMnoSdIsRefused() {
        assertRefused(
                "the template has no MNO-SD for the subscription's keys",
                without(one -> one instanceof SecurityDomain).personalise(OWN));
    }

    @Test
    void aPlaceholderThatNothingReplacesIsRefused() {
        assertRefused(
                "the subscription does not give PUK 1",
                template()
                        .personalise(new SubscriptionData(
                                OWN.iccid(), OWN.imsi(), OWN.aka(), OWN.pins(), Map.of(), OWN.mnoSd(), OWN.cdma())));
        assertRefused(
                "the subscription does not give key 1 of key set 1, type 88, of the MNO-SD",
                template().personalise(OWN.withMnoSd()));
    }

    @Test
    void aSecretWithoutAPlaceIsRefused() {
        assertRefused(
                "the template has no place for the subscription's ADM2",
                template().personalise(OWN.withPin(11, SubscriptionData.code("12345678"))));
        assertRefused(
                "the template has no place for the subscription's local PUK 2",
                template().personalise(OWN.withPuk(0x82, SubscriptionData.code("12345678"))));
    }

    @Test
    void numbersThatAreNotInOnePieceAreRefused() {
        assertRefused(
                "does not write EF.IMSI at 3F00/7FD0/6F07 as 9 octets in one piece",
                changed(ElementKind.USIM, 3, new Write(Octets.ofInts(8)), new Skip(7), new Write(Octets.ofInts(1)))
                        .personalise(OWN));
        assertRefused(
                "does not write EF.IMSI at 3F00/7FD0/6F07",
                changed(ElementKind.USIM, 3).personalise(OWN));
        assertRefused(
                "does not write EF.ICCID at 3F00/2FE2",
                changed(ElementKind.MF, 4, new Write(Octets.ofInts(0x98))).personalise(OWN));
        assertRefused(
                "does not write EF.ACC at 3F00/7FD0/6F78",
                changed(ElementKind.USIM, 18, new Write(Octets.ofInts(0))).personalise(OWN));
    }

    @Test
    void theImsiOfAnIsimFollowsAndATelephoneNumberDoesNot() {
        ProfileTemplate template = withIsim("80 sip:001010123456789@ims.example sip:+112345678901234@ims.example");
        SubscriptionData data = new SubscriptionData(
                OWN.iccid(), new Imsi("262011234567894"), OWN.aka(), OWN.pins(), OWN.puks(), OWN.mnoSd(), OWN.cdma());
        assertEquals(
                Optional.of("80 sip:262011234567894@ims.example sip:+112345678901234@ims.example"),
                installed(personalised(template.personalise(data)))
                        .files()
                        .content(FilePath.of(0x7fb0, 0x6f02))
                        .map(Octets::toUtf8));
        SubscriptionData shorter = new SubscriptionData(
                OWN.iccid(), new Imsi("26201123456789"), OWN.aka(), OWN.pins(), OWN.puks(), OWN.mnoSd(), OWN.cdma());
        assertRefused(
                "the subscription's IMSI has 14 digits, the template wants 15 at element 7",
                template.personalise(shorter));
    }

    /** The template with an ADF of an ISIM and its EF.IMPI. */
    private static ProfileTemplate withIsim(String identity) {
        Octets content = Octets.utf8(identity);
        GenericFileManagement isim = new GenericFileManagement(
                new PeHeader(true, 50),
                List.of(
                        List.of(new Create(Fcp.of(
                                new Tlv(0x82, Octets.fromHex("7821")),
                                new Tlv(0x83, Octets.fromHex("7fb0")),
                                new Tlv(0x84, Octets.fromHex("a0000000871004ff49ff0589"))))),
                        List.of(
                                new Select(FilePath.of(0x7fb0)),
                                new Create(Fcp.of(
                                        new Tlv(0x82, Octets.fromHex("4121")),
                                        new Tlv(0x83, Octets.fromHex("6f02")),
                                        new Tlv(0x80, Octets.ofInts(content.length())))),
                                new Write(content))));
        List<ProfileElement> elements = new ArrayList<>(template().toPackage().elements());
        elements.add(7, isim);
        return template(ProfileTemplate.of(new ProfilePackage(elements)));
    }

    @Test
    void aTemplateWithoutAUsimIsRefused() {
        List<ElementKind> ofTheUsim = List.of(ElementKind.USIM, ElementKind.AKA_PARAMETER);
        ProfileTemplate template = without(one -> ofTheUsim.contains(one.kind())
                || (one instanceof PinCodes pins && pins.header().identification() == 5));
        assertRefused("the template has no akaParameter", template.personalise(OWN));
    }

    @Test
    void wrongSubscriptionsCannotBeMade() {
        SecretOctets zero = SecretOctets.copyOf(Octets.of(new byte[16]));
        assertThrows(IllegalArgumentException.class, () -> Aka.milenage(zero, KEY));
        assertThrows(IllegalArgumentException.class, () -> Aka.milenage(KEY, zero));
        assertThrows(IllegalArgumentException.class, () -> Aka.milenage(KEY, secret(32)));
        assertThrows(IllegalArgumentException.class, () -> Aka.milenage(secret(32), KEY));
        assertThrows(IllegalArgumentException.class, () -> OWN.withPin(1, KEY));
        assertThrows(IllegalArgumentException.class, () -> SubscriptionData.code("123"));
        assertThrows(IllegalArgumentException.class, () -> SubscriptionData.code("12a4"));
    }

    @Test
    void aDestroyedSubscriptionHasNoSecretLeft() {
        SubscriptionData data = Subscriptions.other(OWN, new Random(1));
        assertFalse(data.isDestroyed());
        data.destroy();
        assertTrue(data.isDestroyed());
        assertTrue(data.pins().values().stream().allMatch(SecretOctets::isDestroyed));
        assertThrows(IllegalStateException.class, () -> template().personalise(data));
    }

    private static SubscriptionData with(Aka aka) {
        return new SubscriptionData(OWN.iccid(), OWN.imsi(), aka, OWN.pins(), OWN.puks(), OWN.mnoSd(), OWN.cdma());
    }

    private static ProfileTemplate without(Predicate<ProfileElement> unwanted) {
        return changed(one -> unwanted.test(one) ? null : one);
    }

    /** The template with other operations in a field of a templated element. */
    private static ProfileTemplate changed(ElementKind kind, int field, FileOperation... operations) {
        return changed(one -> one instanceof TemplatedFiles files && files.kind() == kind
                ? new TemplatedFiles(
                        kind,
                        files.header(),
                        files.template(),
                        files.files().stream()
                                .map(file ->
                                        file.field() == field ? new TemplateFile(field, List.of(operations)) : file)
                                .toList())
                : one);
    }

    private static ProfileTemplate changed(UnaryOperator<ProfileElement> change) {
        List<ProfileElement> elements = new ArrayList<>();
        template().toPackage().elements().stream()
                .map(change)
                .filter(Objects::nonNull)
                .forEach(elements::add);
        return template(ProfileTemplate.of(new ProfilePackage(elements)));
    }

    static InstalledProfile installed(ProfilePackage profile) {
        Installation.State state = Profiles.installed(profile.encode());
        assertTrue(state instanceof Installation.Finished, state.toString());
        return ((Installation.Finished) state).profile();
    }

    private static void assertRefused(String reason, Personalisation personalisation) {
        assertTrue(personalisation instanceof Personalisation.Refused, personalisation.toString());
        String said = ((Personalisation.Refused) personalisation).reason();
        assertTrue(said.contains(reason), said);
    }

    private static SecretOctets secret(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0x77);
        return SecretOctets.copyOf(Octets.of(bytes));
    }
}

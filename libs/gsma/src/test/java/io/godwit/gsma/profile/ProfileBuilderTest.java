package io.godwit.gsma.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.profile.install.Installation;
import io.godwit.gsma.profile.install.InstalledProfile;
import io.godwit.gsma.testing.Profiles;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileBuilderTest {
    @Test
    void theCardInstallsItAndHasWhatWasAskedFor() {
        InstalledProfile profile =
                installed(Profiles.builder().with(Pol1.DELETE_NOT_ALLOWED)).profile();
        assertEquals(Optional.of(Profiles.ICCID), profile.iccid());
        assertEquals(Optional.of(Profiles.IMSI), profile.imsi());
        assertEquals(Optional.of("operational"), profile.profileType());
        assertEquals(Pol1.DELETE_NOT_ALLOWED, profile.pol1());
        assertEquals(List.of(), profile.notInterpreted());
        AkaParameter.Algorithm algorithm = (AkaParameter.Algorithm)
                profile.authentications().get(0).parameter().configuration();
        assertEquals(AkaParameter.MILENAGE, algorithm.id());
        assertEquals(Profiles.KI, algorithm.key().reveal());
        assertEquals(Profiles.OPC, algorithm.opc().reveal());
        assertEquals(
                Profiles.ICCID.toSwappedOctets(),
                profile.files().content(FilePath.of(0x2fe2)).orElseThrow());
    }

    @Test
    void theOperatorsKeysAreInIt() {
        ProfileBuilder builder = Profiles.builder();
        List<SecurityDomain.Key> keys =
                installed(builder).profile().securityDomains().get(0).keys();
        assertEquals(
                List.of("1/1", "1/2", "1/3", "112/1"),
                keys.stream().map(key -> key.version() + "/" + key.identifier()).toList());
        assertEquals(
                List.of(builder.mnoKeys().kic(), builder.mnoKeys().kid(), builder.mnoDek(), builder.tokenKey()),
                keys.stream().map(key -> key.components().get(0).value()).toList());
    }

    @Test
    void theSameInputGivesTheSameOctetsAndAnotherKiOthers() {
        Octets octets = Profiles.builder().build().encode();
        assertEquals(octets, Profiles.builder().build().encode());
        ProfileBuilder other = ProfileBuilder.of(
                Profiles.ICCID, Profiles.IMSI, SecretOctets.copyOf(Profiles.OPC), SecretOctets.copyOf(Profiles.OPC));
        assertFalse(octets.equals(other.ofType("operational").build().encode()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 700, 750, 1_000, 2_744, 2_745, 12_288, 40_000, ProfileBuilder.MAX_PADDED})
    void itGrowsToTheSizeAskedFor(int octets) {
        ProfileBuilder builder = Profiles.builder().paddedTo(octets);
        int small = Profiles.builder().build().encode().length();
        Octets encoded = builder.build().encode();
        assertTrue(Math.abs(encoded.length() - Math.max(octets, small)) <= 64 + octets / 500, encoded.toString());
        assertEquals(
                encoded,
                ProfilePackage.decode(encoded).toOptional().orElseThrow().encode());
        installed(builder);
    }

    @Test
    void aShorterIccidEndsWithAFiller() {
        Iccid iccid = Iccid.withCheckDigit("890001234567890123");
        ProfileBuilder builder = ProfileBuilder.of(
                iccid, Profiles.IMSI, SecretOctets.copyOf(Profiles.KI), SecretOctets.copyOf(Profiles.OPC));
        assertEquals(Optional.of(iccid), installed(builder).profile().iccid());
    }

    @Test
    void noSecretIsShown() {
        ProfileBuilder builder = Profiles.builder();
        Installation.Finished finished = installed(builder);
        String shown = builder.toString() + builder.build() + finished + builder.mnoKeys() + builder.mnoDek();
        for (Octets secret : List.of(
                Profiles.KI,
                Profiles.OPC,
                builder.mnoKeys().kic().reveal(),
                builder.mnoDek().reveal(),
                builder.derivedCode("PUK1").reveal(),
                builder.derivedCode("ADM1").reveal())) {
            assertFalse(shown.contains(secret.toHex()));
            assertFalse(shown.contains(secret.toUtf8()));
        }
    }

    @Test
    void aKeyOfAnotherLengthIsRefused() {
        SecretOctets shorter = SecretOctets.copyOf(Octets.fromHex("00"));
        assertThrows(
                IllegalArgumentException.class,
                () -> ProfileBuilder.of(Profiles.ICCID, Profiles.IMSI, shorter, shorter));
        assertThrows(IllegalArgumentException.class, () -> Profiles.builder().paddedTo(ProfileBuilder.MAX_PADDED + 1));
    }

    @ParameterizedTest
    @CsvSource({
        "001010123456789, 080910101032547698",
        "00101012345678, 0801101010325476f8",
        "262011, 04212610f1ffffffff"
    })
    void anImsiIsItsFile(String digits, String hex) {
        assertEquals(hex, new Imsi(digits).toOctets().toHex());
        assertEquals(Optional.of(new Imsi(digits)), Imsi.of(Octets.fromHex(hex)));
    }

    private static Installation.Finished installed(ProfileBuilder builder) {
        Installation.State state = Profiles.installed(builder.build().encode());
        assertTrue(state instanceof Installation.Finished, state.toString());
        Installation.Finished finished = (Installation.Finished) state;
        assertEquals(EuiccResponse.OK, finished.response());
        return finished;
    }
}

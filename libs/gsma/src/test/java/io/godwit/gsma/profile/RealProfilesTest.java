package io.godwit.gsma.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aka.Usim;
import io.godwit.gsma.aka.UsimTestAlgorithm;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.profile.install.CardFile;
import io.godwit.gsma.profile.install.FileKind;
import io.godwit.gsma.profile.install.FileSystem;
import io.godwit.gsma.profile.install.Installation;
import io.godwit.gsma.profile.install.InstalledProfile;
import io.godwit.gsma.testing.Profiles;
import io.godwit.gsma.testing.RealProfiles;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The test profiles of GSMA TS.48: others have written them, so that they show what we have misunderstood. */
class RealProfilesTest {
    @Test
    void everyOneIsReadAndWrittenAgainToTheSameOctets() {
        RealProfiles.all().forEach((name, octets) -> {
            Reading<ProfilePackage> read = ProfilePackage.decode(octets);
            assertTrue(read instanceof Reading.Read<ProfilePackage>, name + ": " + read);
            assertEquals(octets, read.toOptional().orElseThrow().encode(), name);
        });
    }

    @Test
    void everyOneIsInstalledWithoutAFault() {
        RealProfiles.all().forEach((name, octets) -> {
            Installation.Finished finished = finished(name, octets);
            assertEquals("3007a0053003800100", finished.response().encode().toHex(), name);
            InstalledProfile profile = finished.profile();
            assertEquals(Optional.of(Profiles.ICCID), profile.iccid(), name);
            assertEquals(Optional.of("GSMA Generic eUICC Test Profile"), profile.profileType(), name);
            assertEquals(Pol1.NONE, profile.pol1(), name);
            assertEquals(
                    Optional.of(Profiles.ICCID.toSwappedOctets()),
                    profile.files().content(FilePath.of(0x2fe2)),
                    name);
            assertTrue(profile.files().files().size() > 200, name);
            assertEquals(
                    List.of("cdmaParameter", "rfm", "rfm", "rfm", "rfm"),
                    profile.notInterpreted().stream()
                            .map(one -> one.kind().literal())
                            .toList(),
                    name);
        });
    }

    @Test
    void theNewestHasTheFilesThatItsCreatorsDescribe() {
        InstalledProfile profile = finished("newest", RealProfiles.newest()).profile();
        FileSystem files = profile.files();
        assertEquals(Optional.of(Profiles.IMSI), profile.imsi());
        CardFile usim = files.directory("ADF.USIM").orElseThrow();
        assertEquals(Optional.of(new Aid("A0000000871002FF49FF0589")), usim.aid());
        assertEquals(
                "080910101032547698",
                files.content(usim.path().child(0x6f07).orElseThrow())
                        .orElseThrow()
                        .toHex());
        CardFile messages = files.find(FilePath.of(0x7fd0, 0x6f3c)).orElseThrow();
        assertEquals(FileKind.LINEAR_FIXED, messages.kind());
        assertEquals(10, messages.records().size());
        assertEquals("00" + "ff".repeat(175), messages.records().get(9).toHex());
        CardFile emergency = files.find(FilePath.of(0x7fd0, 0x6fb7)).orElseThrow();
        assertEquals("19f1ff456d657267656e6379ff00", emergency.records().get(1).toHex());
        assertEquals(
                FileKind.BER_TLV,
                files.find(FilePath.of(0x7fd0, 0x5fc0, 0x4f0b)).orElseThrow().kind());
    }

    @Test
    void aLinkShowsTheFileItLinksTo() {
        FileSystem files = finished("newest", RealProfiles.newest()).profile().files();
        CardFile abbreviated = files.find(FilePath.of(0x7f10, 0x6f3a)).orElseThrow();
        assertEquals(Optional.of(FilePath.of(0x7f10, 0x5f3a, 0x4f3a)), abbreviated.link());
        assertEquals(files.content(abbreviated.link().orElseThrow()), files.content(abbreviated.path()));
    }

    @Test
    void theNewestHasTheKeysOfItsOperatorsSecurityDomain() {
        InstalledProfile profile = finished("newest", RealProfiles.newest()).profile();
        SecurityDomain mno = profile.securityDomains().get(0);
        assertEquals(new Aid("A000000151000000"), mno.instance().aid());
        assertEquals(
                List.of(0x0101, 0x0102, 0x0103, 0x0201, 0x0202, 0x0203),
                mno.keys().stream()
                        .map(key -> key.version() << 8 | key.identifier())
                        .toList());
        AkaParameter.Algorithm algorithm = (AkaParameter.Algorithm)
                profile.authentications().get(0).parameter().configuration();
        assertEquals(AkaParameter.USIM_TEST, algorithm.id());
        assertEquals(
                "000102030405060708090a0b0c0d0e0f", algorithm.key().reveal().toHex());
        assertEquals(2, profile.authentications().size());
        assertEquals(
                Optional.of(new UsimTestAlgorithm(algorithm.key(), 16)),
                profile.usim().map(Usim::functions));
    }

    private static Installation.Finished finished(String name, Octets octets) {
        Installation.State state = Profiles.installed(octets);
        assertTrue(state instanceof Installation.Finished, name + ": " + state);
        return (Installation.Finished) state;
    }
}

package io.godwit.gsma.profile.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aka.Milenage;
import io.godwit.gsma.aka.Usim;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.AkaParameter;
import io.godwit.gsma.profile.Application;
import io.godwit.gsma.profile.ElementKind;
import io.godwit.gsma.profile.EuiccResponse;
import io.godwit.gsma.profile.NonStandard;
import io.godwit.gsma.profile.Oid;
import io.godwit.gsma.profile.PeHeader;
import io.godwit.gsma.profile.PeStatus;
import io.godwit.gsma.profile.ProfileElement;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.testing.Profiles;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class InstallationTest {
    private static final Octets PACKAGE = Profiles.builder().build().encode();

    @Test
    void wherePiecesEndMakesNoDifference() {
        Installation.State whole = Profiles.installed(PACKAGE);
        assertTrue(whole instanceof Installation.Finished, whole.toString());
        for (int cut = 0; cut <= PACKAGE.length(); cut++) {
            Installation first = Installation.start(Profiles.MEMORY).feed(PACKAGE.slice(0, cut));
            assertEquals(cut == PACKAGE.length() ? whole : new Installation.Running(), first.state());
            assertEquals(whole, first.feed(PACKAGE.from(cut)).state());
        }
    }

    @Test
    void anOctetAtATimeIsEnough() {
        Installation installation = Installation.start(Profiles.MEMORY);
        for (int i = 0; i < PACKAGE.length(); i++) {
            installation = installation.feed(PACKAGE.slice(i, i + 1));
        }
        assertEquals(Profiles.installed(PACKAGE), installation.state());
    }

    @Test
    void feedingLeavesTheValueAsItWas() {
        Installation first = Installation.start(Profiles.MEMORY).feed(PACKAGE.slice(0, 400));
        first.feed(PACKAGE.from(400));
        first.feed(Octets.fromHex("ff"));
        assertEquals(Profiles.installed(PACKAGE), first.feed(PACKAGE.from(400)).state());
    }

    @Test
    void whatComesAfterTheEndIsIgnored() {
        Installation finished = Installation.start(Profiles.MEMORY).feed(PACKAGE);
        assertSame(finished, finished.feed(PACKAGE));
        assertSame(finished, finished.end());
        assertEquals(
                finished.state(),
                Installation.start(Profiles.MEMORY).feed(PACKAGE.plus(PACKAGE)).state());
    }

    @Test
    void whatComesAfterAFaultIsIgnored() {
        Installation failed = Installation.start(100).feed(PACKAGE);
        assertTrue(failed.state() instanceof Installation.Failed);
        assertSame(failed, failed.feed(PACKAGE));
        assertSame(failed, failed.end());
    }

    @Test
    void aPackageWithoutEndHasFailedWhenNothingComesAnyMore() {
        Installation.Failed failed = (Installation.Failed) Installation.start(Profiles.MEMORY)
                .feed(PACKAGE.slice(0, PACKAGE.length() - 1))
                .end()
                .state();
        assertEquals(
                PeStatus.of(PeStatus.INVALID_REQUEST_FORMAT), failed.fault().status());
        assertEquals(
                "3009" + "a005" + "3003" + "800105" + "8100",
                failed.response().encode().toHex());
    }

    @Test
    void anOptionalElementThatIsNotKnownIsLeftOutAndSaid() {
        PeHeader header = new PeHeader(false, 77);
        List<ProfileElement> elements = new ArrayList<>(Profiles.elements());
        elements.add(elements.size() - 1, new NonStandard(header, Oid.template(1), Octets.EMPTY, List.of()));
        Installation.Finished finished =
                (Installation.Finished) Profiles.installed(new ProfilePackage(elements).encode());
        EuiccResponse expected = new EuiccResponse(
                List.of(
                        PeStatus.of(PeStatus.OK),
                        PeStatus.of(PeStatus.PE_NOT_SUPPORTED, OptionalInt.of(77), OptionalInt.empty())),
                false,
                Optional.empty());
        assertEquals(expected, finished.response());
        assertTrue(finished.response().isInstalled());
    }

    @Test
    void anApplicationIsStoredAndNotInterpreted() {
        List<ProfileElement> elements = new ArrayList<>(Profiles.elements());
        Application application = new Application(new PeHeader(true, 78), Optional.empty(), List.of(), List.of());
        elements.add(elements.size() - 1, application);
        Installation.Finished finished =
                (Installation.Finished) Profiles.installed(new ProfilePackage(elements).encode());
        assertEquals(
                List.of(new InstalledProfile.NotInterpreted(
                        ElementKind.APPLICATION, 78, application.encode().length())),
                finished.profile().notInterpreted());
    }

    @Test
    void memoryIsCounted() {
        int used =
                ((Installation.Finished) Profiles.installed(PACKAGE)).profile().memoryUsed();
        assertTrue(Installation.start(used).feed(PACKAGE).state() instanceof Installation.Finished);
        assertTrue(Installation.start(used - 1).feed(PACKAGE).state() instanceof Installation.Failed);
    }

    @Test
    void aProfileTellsHowItsUsimAuthenticates() {
        InstalledProfile profile = ((Installation.Finished) Profiles.installed(PACKAGE)).profile();
        assertEquals(
                Optional.of(new Milenage(SecretOctets.copyOf(Profiles.KI), SecretOctets.copyOf(Profiles.OPC))),
                profile.usim().map(Usim::functions));
    }

    @Test
    void aUsimWithItsOwnParametersForAnotherHasNone() {
        AkaParameter.Mapping itself =
                new AkaParameter.Mapping(Octets.ofInts(0), new Aid("A0000000871002FFFFFFFF8907090000"));
        Octets octets = Profiles.changed(element -> element instanceof AkaParameter parameter
                ? new AkaParameter(parameter.header(), itself, List.of())
                : element);
        InstalledProfile profile = ((Installation.Finished) Profiles.installed(octets)).profile();
        assertEquals(Optional.empty(), profile.usim());
    }
}

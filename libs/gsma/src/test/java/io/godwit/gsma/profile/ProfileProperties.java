package io.godwit.gsma.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.install.Installation;
import io.godwit.gsma.profile.personalisation.ProfileTemplate;
import io.godwit.gsma.testing.ElementSamples;
import io.godwit.gsma.testing.Mutator;
import io.godwit.gsma.testing.Profiles;
import io.godwit.gsma.testing.RealProfiles;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Damaged packages: nothing throws, what is accepted is what was written, and the card never takes more than its memory. */
class ProfileProperties {
    private static final int LIMIT = 32 * 1024;

    @Test
    void damagedPackagesAreReadAsWrittenOrRefused() {
        Mutator mutator = Mutator.announced("damaged profile packages");
        List<Octets> sound = List.of(
                Profiles.builder().build().encode(),
                Profiles.builder().paddedTo(1_200).build().encode());
        int accepted = 0;
        int finished = 0;
        for (int i = 0; i < 40_000; i++) {
            Octets input = i % 10 == 0 ? mutator.anyOctets(200) : mutator.damaged(sound);
            accepted += readsAsWritten(input) ? 1 : 0;
            finished += i % 4 == 1 && installs(input, mutator) ? 1 : 0;
        }
        assertTrue(accepted > 1_000, "the generator should also make sound input, made " + accepted);
        assertTrue(finished > 200, "the generator should also make what can be installed, made " + finished);
    }

    @Test
    void damagedElementsAreReadAsWrittenOrRefused() {
        Mutator mutator = Mutator.announced("damaged profile elements");
        List<Octets> sound =
                Profiles.elements().stream().map(ProfileElement::encode).toList();
        for (int i = 0; i < 60_000; i++) {
            Octets input = mutator.damaged(sound);
            ProfileElement.decode(input).toOptional().ifPresent(element -> assertEquals(input, element.encode()));
        }
    }

    @Test
    void aMillionDamagedElementsOfEveryKindAreReadAsWrittenOrRefused() {
        Mutator mutator = Mutator.announced("damaged elements of every kind");
        List<Octets> sound = ElementSamples.list();
        int accepted = 0;
        for (int i = 0; i < 1_000_000; i++) {
            Octets input = mutator.damaged(sound);
            Reading<ProfileElement> reading = ProfileElement.decode(input);
            if (reading instanceof Reading.Read<ProfileElement> read) {
                accepted++;
                assertEquals(input, read.value().encode());
            } else if (reading instanceof Reading.Refused<ProfileElement> refused) {
                int offset = refused.fault().offset();
                assertTrue(offset >= 0 && offset <= input.length(), refused.toString());
            }
        }
        assertTrue(accepted > 10_000, "the generator should also make sound input, made " + accepted);
    }

    @Test
    void damagedPackagesAreTemplatesOnlyWhenNoSecretIsThere() {
        Mutator mutator = Mutator.announced("damaged templates");
        ProfileTemplate template = ((ProfileTemplate.Sound)
                        ProfileTemplate.blank(Profiles.builder().build()))
                .template();
        List<Octets> sound = List.of(template.encode());
        int accepted = 0;
        for (int i = 0; i < 3_000; i++) {
            if (ProfileTemplate.of(mutator.damaged(sound)) instanceof ProfileTemplate.Sound found) {
                accepted++;
                assertEquals(
                        List.of(),
                        secrets(found.template().toPackage()).stream()
                                .filter(secret -> !secret.reveal().equals(Octets.of(new byte[secret.length()])))
                                .toList());
            }
        }
        assertTrue(accepted > 100, "the generator should also make templates, made " + accepted);
    }

    @Test
    void damagedRealPackagesAreReadAsWrittenOrRefused() {
        List<Octets> sound = List.copyOf(RealProfiles.all().values());
        Mutator mutator = Mutator.announced("damaged TS.48 packages");
        for (int i = 0; i < 200; i++) {
            Octets input = mutator.damaged(sound);
            readsAsWritten(input);
            installs(input, mutator);
        }
    }

    /** Found by type, and not by the way through the octets that the template's examination takes. */
    private static List<SecretOctets> secrets(ProfilePackage profile) {
        return profile.elements().stream()
                .flatMap(element -> {
                    if (element instanceof AkaParameter aka
                            && aka.configuration() instanceof AkaParameter.Algorithm algorithm) {
                        return Stream.of(algorithm.key(), algorithm.opc());
                    }
                    if (element instanceof PinCodes pins && pins.source() instanceof PinCodes.Own own) {
                        return own.pins().stream().map(PinCodes.Pin::value);
                    }
                    if (element instanceof PukCodes puks) {
                        return puks.puks().stream().map(PukCodes.Puk::value);
                    }
                    return element instanceof SecurityDomain domain
                            ? domain.keys().stream()
                                    .flatMap(key -> key.components().stream())
                                    .map(SecurityDomain.Component::value)
                            : Stream.of();
                })
                .toList();
    }

    private static boolean readsAsWritten(Octets input) {
        Reading<ProfilePackage> read = ProfilePackage.decode(input);
        if (read instanceof Reading.Refused<ProfilePackage> refused) {
            int offset = refused.fault().offset();
            assertTrue(offset >= 0 && offset <= input.length(), refused.toString());
            return false;
        }
        Optional<ProfilePackage> found = read.toOptional();
        assertEquals(input, found.orElseThrow().encode());
        return true;
    }

    /** Whether the card takes it, whole and in two pieces alike. */
    private static boolean installs(Octets input, Mutator mutator) {
        Installation whole = Installation.start(LIMIT).feed(input).end();
        int cut = mutator.random().nextInt(input.length() + 1);
        Installation pieces = Installation.start(LIMIT)
                .feed(input.slice(0, cut))
                .feed(input.from(cut))
                .end();
        assertEquals(whole.state(), pieces.state());
        if (whole.state() instanceof Installation.Finished finished) {
            assertTrue(finished.profile().memoryUsed() <= LIMIT);
            int stored = finished.profile().files().files().stream()
                    .mapToInt(file -> file.content().length())
                    .sum();
            assertTrue(stored <= LIMIT);
            return true;
        }
        return false;
    }
}

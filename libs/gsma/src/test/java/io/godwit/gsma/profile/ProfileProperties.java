package io.godwit.gsma.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.profile.install.Installation;
import io.godwit.gsma.testing.Mutator;
import io.godwit.gsma.testing.Profiles;
import io.godwit.gsma.testing.RealProfiles;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
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
    void damagedRealPackagesAreReadAsWrittenOrRefused() {
        List<Octets> sound = List.copyOf(RealProfiles.all().values());
        Mutator mutator = Mutator.announced("damaged TS.48 packages");
        for (int i = 0; i < 200; i++) {
            Octets input = mutator.damaged(sound);
            readsAsWritten(input);
            installs(input, mutator);
        }
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

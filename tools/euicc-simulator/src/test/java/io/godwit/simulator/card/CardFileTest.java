package io.godwit.simulator.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.EuiccCapabilityAudit;
import io.godwit.protocol.Octets;
import io.godwit.simulator.card.CardFile.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CardFileTest {
    @TempDir
    Path directory;

    private static EuiccCard used() {
        TestSmSr smSr = new TestSmSr(CardFactory.declaringItself(TestCards.fresh()));
        smSr.send(EuiccCapabilityAudit.ofAll());
        smSr.send(new EnableProfile(TestCards.FIRST));
        return smSr.card();
    }

    @ParameterizedTest
    @EnumSource
    void aCardComesBackAsItWas(Durability durability) {
        CardFile file = CardFile.in(directory, TestCards.EID, durability);
        assertEquals(new CardFile.Absent(), file.load());
        file.save(TestCards.fresh());
        file.save(used());
        assertEquals(new CardFile.Loaded(used()), file.load());
    }

    @Test
    void nothingButTheCardsStaysInTheDirectory() throws IOException {
        CardFile.in(directory, TestCards.EID, Durability.PROCESS).save(used());
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(
                    TestCards.EID + ".card",
                    files.map(path -> String.valueOf(path.getFileName())).reduce("", String::concat));
        }
        long size = Files.size(directory.resolve(TestCards.EID + ".card"));
        assertTrue(size < 500, "a card takes " + size + " octets");
    }

    @Test
    void aHalfWrittenSuccessorDoesNotHurt() throws IOException {
        CardFile file = CardFile.in(directory, TestCards.EID, Durability.PROCESS);
        file.save(used());
        Files.writeString(directory.resolve(TestCards.EID + ".card.draft"), "GWC");
        assertEquals(new CardFile.Loaded(used()), file.load());
        file.save(TestCards.fresh());
        assertEquals(new CardFile.Loaded(TestCards.fresh()), file.load());
    }

    @Test
    void aDamagedFileIsNoCard() {
        Octets octets = CardStateCodec.encode(used().state());
        assertEquals(Optional.of(used().state()), CardStateCodec.decode(octets));
        for (int bit = 0; bit < octets.length() * 8; bit++) {
            byte[] bytes = octets.toBytes();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertEquals(Optional.empty(), CardStateCodec.decode(Octets.of(bytes)), "bit " + bit);
        }
        for (int length = 0; length < octets.length(); length++) {
            assertEquals(Optional.empty(), CardStateCodec.decode(octets.slice(0, length)), "cut at " + length);
        }
    }

    @Test
    void aDiskThatFailsIsSaid() throws IOException {
        CardFile nowhere = CardFile.in(directory.resolve("nowhere"), TestCards.EID, Durability.PROCESS);
        assertThrows(UncheckedIOException.class, () -> nowhere.save(TestCards.fresh()));
        Files.writeString(directory.resolve(TestCards.EID + ".card"), "not a card");
        CardFile file = CardFile.in(directory, TestCards.EID, Durability.PROCESS);
        assertEquals(new CardFile.Damaged(), file.load());
        assertFalse(file.load() instanceof CardFile.Loaded);
    }
}

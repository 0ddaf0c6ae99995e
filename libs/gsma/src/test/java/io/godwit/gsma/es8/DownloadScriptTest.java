package io.godwit.gsma.es8;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.godwit.gsma.Parsed;
import io.godwit.gsma.testing.Vectors;
import io.godwit.protocol.Octets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DownloadScriptTest {
    private final Vectors vectors = Vectors.load("es8-key-set-and-profile.txt");

    @Test
    void commandsAndAnswersOfOnePacket() {
        DownloadScript commands =
                new DownloadScript(List.of(vectors.get("scp03t_84_cmd"), vectors.get("scp03t_85_cmd")));
        assertEquals(
                "aa1f" + "840a" + "3000616e8cc2cc762815" + "8511" + "3301f1c6b02337997a549cefd95b0a30f8",
                commands.encodeCommands().toHex());
        assertEquals(Parsed.read(commands), DownloadScript.decodeCommands(commands.encodeCommands()));
        DownloadScript answers = new DownloadScript(List.of(vectors.get("scp03t_84_rsp"), Octets.fromHex("9f450102")));
        assertEquals(Parsed.read(answers), DownloadScript.decodeAnswers(answers.encodeAnswers()));
        assertEquals(Parsed.read(new DownloadScript(List.of())), DownloadScript.decodeAnswers(Octets.fromHex("ab00")));
    }

    @Test
    void whatHasNoOrOtherCommandsIsNone() {
        for (String other : List.of("", "aa00", "aa022200", "aa028700", "ab028500", "aa0285", "aa02850000")) {
            assertFalse(
                    DownloadScript.decodeCommands(Octets.fromHex(other))
                            .toOptional()
                            .isPresent(),
                    other);
        }
    }
}

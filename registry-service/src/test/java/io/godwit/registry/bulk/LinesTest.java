package io.godwit.registry.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.protocol.Octets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void linesComeOneByOneTheLastWithOrWithoutItsEnd() throws IOException {
        assertEquals(List.of("a", "", "bc"), lines("a\n\nbc", 10));
        assertEquals(List.of("a", "bc"), lines("a\nbc\n", 10));
        assertEquals(List.of(), lines("", 10));
    }

    @Test
    void aLineThatIsTooLongIsCutRightBehindTheBound() throws IOException {
        assertEquals(List.of("aaaaa", "b"), lines("a".repeat(100_000) + "\nb", 4));
    }

    private static List<String> lines(String text, int maxOctets) throws IOException {
        Lines lines = new Lines(new ByteArrayInputStream(Octets.utf8(text).toBytes()), maxOctets);
        List<String> all = new ArrayList<>();
        for (Optional<Octets> line = lines.next(); line.isPresent(); line = lines.next()) {
            all.add(line.get().toUtf8());
        }
        return all;
    }
}

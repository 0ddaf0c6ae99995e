package io.godwit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.local.access.PlatformException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class FailureSentenceTest {
    private final IOException full = new IOException("No space left on device");

    @Test
    void aFullDiskIsToldWithARemedyHoweverItIsWrapped() {
        for (Exception failure : new Exception[] {
            full, new UncheckedIOException(full), new CompletionException(new UncheckedIOException(full))
        }) {
            String sentence = FailureSentence.of(failure).orElseThrow();
            assertTrue(sentence.startsWith("The disk is full"), sentence);
            assertTrue(sentence.contains("--home"), sentence);
        }
    }

    @Test
    void anotherFailureOfAFileNamesIt() {
        String sentence =
                FailureSentence.of(new NoSuchFileException("/somewhere")).orElseThrow();
        assertTrue(sentence.contains("/somewhere") && sentence.contains("NoSuchFile"), sentence);
    }

    @Test
    void anAnswerThatDidNotComeNamesTheCommandsThatTellMore() {
        String sentence = FailureSentence.of(new ExecutionException(new TimeoutException()))
                .orElseThrow();
        assertTrue(sentence.contains("godwit status"), sentence);
    }

    @Test
    void whatHasASentenceKeepsIt() {
        assertEquals(
                Optional.of("A problem. A remedy."),
                FailureSentence.of(new PlatformException("A problem.", "A remedy.")));
    }

    @Test
    void aFaultOfTheProgramHasNone() {
        assertEquals(Optional.empty(), FailureSentence.of(new IllegalStateException("bug")));
    }
}

package io.godwit.local.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.local.home.PlatformHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRecordTest {
    @TempDir
    Path folder;

    private PlatformHome home;
    private KernelProcess self;

    @BeforeEach
    void self() {
        home = PlatformHome.open(folder);
        self = KernelProcess.of(ProcessHandle.current().pid()).orElseThrow();
    }

    @Test
    void aLiveProcessIsRecognisedFromItsRecord() {
        ProcessRecord record = record("kafka", self.startTicks(), KernelProcess.bootId(), 0);
        record.write(home);
        assertEquals(record, ProcessRecord.alive(home, "kafka").orElseThrow());
    }

    @Test
    void anotherProcessThatGotTheSameNumberIsNot() {
        record("kafka", self.startTicks() + 1, KernelProcess.bootId(), 0).write(home);
        assertTrue(ProcessRecord.alive(home, "kafka").isEmpty());
    }

    @Test
    void neitherIsAProcessOfAnEarlierBoot() {
        record("kafka", self.startTicks(), "earlier", 0).write(home);
        assertTrue(ProcessRecord.alive(home, "kafka").isEmpty());
    }

    @Test
    void theRunningOnesAreListedByRank() {
        record("service", self.startTicks(), KernelProcess.bootId(), 2).write(home);
        record("postgres", self.startTicks(), KernelProcess.bootId(), 0).write(home);
        assertEquals(
                List.of("postgres", "service"),
                ProcessRecord.allAlive(home).stream().map(ProcessRecord::name).toList());
    }

    @Test
    void aProcessNameWithBlanksAndBracketsDoesNotShiftTheNumbers() {
        String line = "42 (a) S (b) c) R 1 2 3 4 5 6 7 8 9 10 100 20 3 4 15 16 17 18 777 20";
        KernelProcess process = KernelProcess.parse(line);
        assertEquals(new KernelProcess(42, 'R', 17, 777, 1_270), process);
    }

    @Test
    void whatThisProcessHasUsedIsCounted() {
        Consumption used = Consumption.of(self.pid());
        assertTrue(used.cpuMillis() > 0, used.toString());
        assertTrue(used.residentKilobytes() > 10_000, used.toString());
    }

    @Test
    void eachStartHasItsOwnLogAndTheOlderOnesStayForAWhile() throws IOException {
        LogFile log = new LogFile(home.log("kafka"));
        for (int run = 1; run <= 7; run++) {
            log.rotate();
            Files.writeString(log.path(), "run " + run);
        }
        assertEquals("run 7", log.text());
        assertEquals("run 3", Files.readString(Path.of(log.path() + ".4")));
        assertFalse(Files.exists(Path.of(log.path() + ".5")));
    }

    private ProcessRecord record(String name, long startTicks, String bootId, int rank) {
        return new ProcessRecord(
                name, self.pid(), startTicks, bootId, 1, "", StopSignal.TERM, Duration.ofSeconds(1), rank, 5);
    }
}

package io.godwit.simulator.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Address;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.body.StepBody.Command;
import io.godwit.simulator.network.Coverage;
import io.godwit.simulator.network.TestNetwork;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In which order a device touches disk and line. */
@Timeout(20)
class DeviceAgentTest {
    private static final Nid NID = new Nid("meter-0001");

    private final List<String> diary = new CopyOnWriteArrayList<>();
    private final AtomicInteger failingWrites = new AtomicInteger();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private Lines.Listener listener;

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void memoryIsSafeBeforeTheMessageIsAcknowledgedAndAnswered() throws InterruptedException {
        DeviceAgent agent = online();
        deliver(new Command("p.2", 1, Octets.utf8("enable")));
        await("close");
        assertEquals(List.of("save", "acknowledge", "publish B2", "close"), diary);
        assertEquals(List.of("enable"), ((ScriptedCard) agent.memory().card()).executed());
    }

    @Test
    void whileTheDiskFailsNothingIsAcknowledgedNorAnswered() throws InterruptedException {
        failingWrites.set(1);
        online();
        deliver(new Command("p.2", 1, Octets.utf8("audit")));
        await("publish B2");
        assertEquals(List.of("disk full", "save", "acknowledge", "publish B2"), diary);
    }

    @Test
    void messageThatChangesNothingIsNotWrittenDown() throws InterruptedException {
        online();
        deliver(new Command("p.2", 1, Octets.utf8("forged")));
        await("publish B2");
        assertEquals(List.of("acknowledge", "publish B2"), diary);
    }

    @Test
    void deviceThatIsStoppedLeavesAndDoesNotComeBack() {
        DeviceAgent agent = online();
        agent.stop().join();
        assertEquals(List.of("close"), diary);
    }

    private DeviceAgent online() {
        AgentSettings hasty = new AgentSettings(
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1));
        CompletableFuture<Void> connected = new CompletableFuture<>();
        DeviceAgent agent = new DeviceAgent(
                NID,
                new AgentDecider(NID, hasty, Coverage.EVERYWHERE),
                DeviceMemory.around(ScriptedCard.fresh()),
                this::save,
                new TestNetwork(() -> Octets.of(new byte[16])),
                asked -> {
                    listener = asked;
                    asked.opened(new DiaryLine());
                    connected.complete(null);
                },
                new Clockwork(threads, threads, Clock.systemUTC(), new Random(1)),
                new Unobserved());
        agent.start();
        connected.join();
        return agent;
    }

    private void deliver(StepBody body) {
        listener.delivered(
                RspMessageCodec.encode(body.toMessage(new Address.Single(NID))), () -> diary.add("acknowledge"));
    }

    private void await(String entry) throws InterruptedException {
        while (!diary.contains(entry)) {
            Thread.sleep(5);
        }
        assertTrue(diary.contains(entry));
    }

    private void save(DeviceMemory memory) throws IOException {
        if (failingWrites.getAndDecrement() > 0) {
            diary.add("disk full");
            throw new IOException("disk full");
        }
        diary.add("save");
    }

    private final class DiaryLine implements Line {
        private final RspMessageCodec codec = new RspMessageCodec(RspMessageCodec.DEFAULT_MAX_OCTETS);

        @Override
        public CompletableFuture<Void> publish(MqttTopic topic, Octets payload) {
            diary.add("publish " + ((RspMessageCodec.Decoded) codec.decode(topic, payload)).step());
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {
            diary.add("close");
            listener.lost("closed");
        }
    }

    private static final class Unobserved implements AgentObserver {
        @Override
        public void published(FlowStep step) {}

        @Override
        public void received(FlowStep step) {}

        @Override
        public void happened(AgentEvent event) {}

        @Override
        public void online(boolean up) {}
    }
}

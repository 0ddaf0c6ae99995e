package io.godwit.broker.presence;

import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.services.general.IterationCallback;
import com.hivemq.extension.sdk.api.services.session.ClientService;
import com.hivemq.extension.sdk.api.services.session.SessionInformation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/** Stands for HiveMQ where connections are closed: notes whom it was to disconnect, and fails as often as it is told to. */
final class FakeClients implements ClientService {
    /** The client ids that were disconnected, in their order. */
    final List<String> disconnected = new CopyOnWriteArrayList<>();

    /** What the next calls throw. */
    final Deque<Throwable> faults = new ArrayDeque<>();

    @Override
    public CompletableFuture<Boolean> disconnectClient(
            String clientId, boolean preventWill, DisconnectReasonCode reason, String sentence) {
        Throwable fault = faults.poll();
        if (fault instanceof Error error) {
            throw error;
        }
        if (fault != null) {
            return CompletableFuture.failedFuture(fault);
        }
        disconnected.add(clientId);
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletableFuture<Boolean> isClientConnected(String clientId) {
        throw new AssertionError("not asked for");
    }

    @Override
    public CompletableFuture<Optional<SessionInformation>> getSession(String clientId) {
        throw new AssertionError("not asked for");
    }

    @Override
    public CompletableFuture<Boolean> disconnectClient(String clientId) {
        throw new AssertionError("not asked for");
    }

    @Override
    public CompletableFuture<Boolean> disconnectClient(String clientId, boolean preventWill) {
        throw new AssertionError("not asked for");
    }

    @Override
    public CompletableFuture<Boolean> invalidateSession(String clientId) {
        throw new AssertionError("not asked for");
    }

    @Override
    public CompletableFuture<Void> iterateAllClients(IterationCallback<SessionInformation> callback) {
        throw new AssertionError("not asked for");
    }

    @Override
    public CompletableFuture<Void> iterateAllClients(
            IterationCallback<SessionInformation> callback, Executor executor) {
        throw new AssertionError("not asked for");
    }
}

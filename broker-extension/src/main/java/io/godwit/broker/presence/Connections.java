package io.godwit.broker.presence;

import io.godwit.protocol.TenantId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections of this node. A device may have several; at most one of them subscribes, and that is the newest that did.
 */
public final class Connections {
    private final int perDevice;
    private final Map<String, DeviceConnection> byId = new ConcurrentHashMap<>();
    private final Map<String, DeviceConnection> byClientId = new ConcurrentHashMap<>();
    private final Map<String, Device> devices = new ConcurrentHashMap<>();

    /** Immutable: replaced as a whole, so that readers need no lock. */
    private record Device(
            List<DeviceConnection> connections, @Nullable DeviceConnection subscriber) {
        Device with(DeviceConnection added) {
            List<DeviceConnection> all = new ArrayList<>(connections);
            all.add(added);
            return new Device(List.copyOf(all), subscriber);
        }

        @Nullable
        Device without(DeviceConnection removed) {
            List<DeviceConnection> rest =
                    connections.stream().filter(one -> one != removed).toList();
            return rest.isEmpty() ? null : new Device(rest, subscriber == removed ? null : subscriber);
        }
    }

    /** @param perDevice how many connections a device may have */
    public Connections(int perDevice) {
        this.perDevice = perDevice;
    }

    /** Takes a connection in; returns the oldest of that device when it now has too many. */
    public Optional<DeviceConnection> add(DeviceConnection connection) {
        byId.put(connection.id(), connection);
        byClientId.put(connection.clientId(), connection);
        Device now = devices.merge(
                connection.key(), new Device(List.of(connection), null), (old, added) -> old.with(connection));
        return now.connections().size() > perDevice
                ? Optional.of(now.connections().get(0))
                : Optional.empty();
    }

    /** Forgets that connection and no other. */
    public void remove(DeviceConnection connection) {
        byId.remove(connection.id());
        byClientId.remove(connection.clientId(), connection);
        devices.computeIfPresent(connection.key(), (key, device) -> device.without(connection));
    }

    /** That connection subscribes now; returns the one that did before it, if it is another. */
    public Optional<DeviceConnection> subscribed(DeviceConnection connection) {
        DeviceConnection[] before = {null};
        devices.computeIfPresent(connection.key(), (key, device) -> {
            before[0] = device.subscriber();
            return new Device(device.connections(), connection);
        });
        return before[0] == connection ? Optional.empty() : Optional.ofNullable(before[0]);
    }

    /** That connection does not subscribe any more. */
    public void unsubscribed(DeviceConnection connection) {
        devices.computeIfPresent(
                connection.key(),
                (key, device) -> device.subscriber() == connection ? new Device(device.connections(), null) : device);
    }

    /** The connection that messages to the device go to. */
    public Optional<DeviceConnection> subscriber(String deviceKey) {
        Device device = devices.get(deviceKey);
        return device == null ? Optional.empty() : Optional.ofNullable(device.subscriber());
    }

    public Optional<DeviceConnection> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Whether a connection of this node has that client id. */
    public boolean hasClient(String clientId) {
        return byClientId.containsKey(clientId);
    }

    /** Whether HiveMQ means that connection when it hears its client id. */
    public boolean isCurrent(DeviceConnection connection) {
        return byClientId.get(connection.clientId()) == connection;
    }

    public List<DeviceConnection> of(String deviceKey) {
        Device device = devices.get(deviceKey);
        return device == null ? List.of() : device.connections();
    }

    public List<DeviceConnection> of(TenantId tenant) {
        return byId.values().stream()
                .filter(connection -> connection.device().tenant().equals(tenant))
                .toList();
    }

    public Collection<DeviceConnection> all() {
        return List.copyOf(byId.values());
    }

    public int size() {
        return byId.size();
    }
}

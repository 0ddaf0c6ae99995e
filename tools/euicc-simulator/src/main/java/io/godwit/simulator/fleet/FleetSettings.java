package io.godwit.simulator.fleet;

import io.godwit.protocol.RequestReason;
import io.godwit.simulator.device.AgentSettings;
import io.godwit.simulator.device.mqtt.BrokerAddress;
import io.godwit.simulator.network.Coverage;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a fleet runs.
 *
 * @param brokers one or more; devices spread over them
 * @param connectsPerSecond how many connections are begun in a second, of first ones and of repeated ones each
 * @param mqtt3Percent how many of a hundred devices speak MQTT 3.1.1; the others speak MQTT 5
 * @param acknowledged the file for {@link AcknowledgedMessages}; {@code null}: they are not written down
 * @param subscribers the file with the carrier's copies, see {@link io.godwit.simulator.network.SubscriberLines}: a profile
 *     with keys attaches only when it has the same; {@code null}: the network asks nobody
 * @param certificates by which the devices log in at brokers with TLS; {@code null}: they have their secrets alone
 * @param asks why each device asks for a profile, once, as soon as it is switched on (flow D); {@code null}: none asks by itself
 */
public record FleetSettings(
        List<BrokerAddress> brokers,
        int connectsPerSecond,
        int mqtt3Percent,
        AgentSettings agent,
        Coverage coverage,
        @Nullable Path acknowledged,
        @Nullable Path subscribers,
        @Nullable DeviceCertificates certificates,
        @Nullable RequestReason asks) {
    public static final int DEFAULT_CONNECTS_PER_SECOND = 500;
    public static final int DEFAULT_MQTT3_PERCENT = 10;

    /** @throws IllegalArgumentException when a number is out of range, there is no broker, or none that certificates could be shown to */
    public FleetSettings {
        brokers = List.copyOf(brokers);
        if (brokers.isEmpty()) {
            throw new IllegalArgumentException("brokers: one at least expected");
        }
        if (connectsPerSecond < 1) {
            throw new IllegalArgumentException("connectsPerSecond: 1 or more expected");
        }
        if (certificates != null && brokers.stream().noneMatch(BrokerAddress::tls)) {
            throw new IllegalArgumentException("certificates: a broker with TLS expected, to show them to");
        }
        if (mqtt3Percent < 0 || mqtt3Percent > 100) {
            throw new IllegalArgumentException("mqtt3Percent: 0 to 100 expected");
        }
    }

    /** With the defaults. */
    public static FleetSettings of(BrokerAddress... brokers) {
        return new FleetSettings(
                List.of(brokers),
                DEFAULT_CONNECTS_PER_SECOND,
                DEFAULT_MQTT3_PERCENT,
                AgentSettings.DEFAULT,
                Coverage.EVERYWHERE,
                null,
                null,
                null,
                null);
    }

    public FleetSettings with(AgentSettings settings) {
        return new FleetSettings(
                brokers,
                connectsPerSecond,
                mqtt3Percent,
                settings,
                coverage,
                acknowledged,
                subscribers,
                certificates,
                asks);
    }

    public FleetSettings connecting(int perSecond) {
        return new FleetSettings(
                brokers, perSecond, mqtt3Percent, agent, coverage, acknowledged, subscribers, certificates, asks);
    }

    public FleetSettings withMqtt3Percent(int percent) {
        return new FleetSettings(
                brokers, connectsPerSecond, percent, agent, coverage, acknowledged, subscribers, certificates, asks);
    }

    /** With acknowledged messages written down in {@code file}. */
    public FleetSettings writingDown(Path file) {
        return new FleetSettings(
                brokers, connectsPerSecond, mqtt3Percent, agent, coverage, file, subscribers, certificates, asks);
    }

    /** With a network that holds the carrier's copies in {@code file}. */
    public FleetSettings authenticatedBy(Path file) {
        return new FleetSettings(
                brokers, connectsPerSecond, mqtt3Percent, agent, coverage, acknowledged, file, certificates, asks);
    }

    /** With devices that show certificates to brokers with TLS. */
    public FleetSettings certifiedBy(DeviceCertificates folder) {
        return new FleetSettings(
                brokers, connectsPerSecond, mqtt3Percent, agent, coverage, acknowledged, subscribers, folder, asks);
    }

    /** With devices that ask for a profile by themselves. */
    public FleetSettings asking(RequestReason reason) {
        return new FleetSettings(
                brokers,
                connectsPerSecond,
                mqtt3Percent,
                agent,
                coverage,
                acknowledged,
                subscribers,
                certificates,
                reason);
    }
}

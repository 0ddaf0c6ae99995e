package io.godwit.simulator;

import io.godwit.protocol.Iccid;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.Fields;
import io.godwit.simulator.device.AgentSettings;
import io.godwit.simulator.device.mqtt.BrokerAddress;
import io.godwit.simulator.fleet.DeviceCertificates;
import io.godwit.simulator.fleet.FleetSettings;
import io.godwit.simulator.network.Coverage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Settings of a fleet as JSON; durations in milliseconds. */
final class FleetSettingsCodec {
    private FleetSettingsCodec() {}

    static Json.Obj toJson(FleetSettings settings) {
        AgentSettings agent = settings.agent();
        Path acknowledged = settings.acknowledged();
        Path subscribers = settings.subscribers();
        RequestReason asks = settings.asks();
        DeviceCertificates certificates = settings.certificates();
        return Json.object()
                .put(
                        "brokers",
                        settings.brokers().stream()
                                .map(broker -> Json.of(broker.toString()))
                                .toList())
                .put("connectsPerSecond", settings.connectsPerSecond())
                .put("mqtt3Percent", settings.mqtt3Percent())
                .put("confirmationTimeout", agent.confirmationTimeout().toMillis())
                .put("networkLossTimeout", agent.networkLossTimeout().toMillis())
                .put("reboot", agent.reboot().toMillis())
                .put("firstRepeat", agent.firstRepeat().toMillis())
                .put("longestRepeat", agent.longestRepeat().toMillis())
                .put("firstReconnect", agent.firstReconnect().toMillis())
                .put("longestReconnect", agent.longestReconnect().toMillis())
                .put(
                        "withoutCoverage",
                        settings.coverage().without().stream()
                                .map(iccid -> Json.of(iccid.digits()))
                                .toList())
                .put("acknowledged", acknowledged == null ? null : acknowledged.toString())
                .put("subscribers", subscribers == null ? null : subscribers.toString())
                .put(
                        "certificates",
                        certificates == null ? null : certificates.folder().toString())
                .put("certificatesPassword", certificates == null ? null : certificates.password())
                .put(
                        "brokerAuthority",
                        certificates == null ? null : certificates.authority().toString())
                .put("asks", asks == null ? null : asks.literal())
                .build();
    }

    static FleetSettings fromJson(Fields fields) {
        AgentSettings agent = new AgentSettings(
                millis(fields, "confirmationTimeout"),
                millis(fields, "networkLossTimeout"),
                millis(fields, "reboot"),
                millis(fields, "firstRepeat"),
                millis(fields, "longestRepeat"),
                millis(fields, "firstReconnect"),
                millis(fields, "longestReconnect"));
        Set<Iccid> without =
                texts(fields, "withoutCoverage").stream().map(Iccid::new).collect(Collectors.toSet());
        return new FleetSettings(
                texts(fields, "brokers").stream().map(BrokerAddress::parse).toList(),
                fields.smallNumber("connectsPerSecond"),
                fields.smallNumber("mqtt3Percent"),
                agent,
                new Coverage(without),
                fields.findText("acknowledged").map(Path::of).orElse(null),
                fields.findText("subscribers").map(Path::of).orElse(null),
                fields.findText("certificates")
                        .map(folder -> new DeviceCertificates(
                                Path.of(folder),
                                fields.text("certificatesPassword"),
                                Path.of(fields.text("brokerAuthority"))))
                        .orElse(null),
                fields.findValue("asks", RequestReason::of).orElse(null));
    }

    private static Duration millis(Fields fields, String name) {
        return Duration.ofMillis(fields.number(name));
    }

    static List<String> texts(Fields fields, String name) {
        return fields.object().array(name).orElse(List.of()).stream()
                .filter(Json.Str.class::isInstance)
                .map(text -> ((Json.Str) text).value())
                .toList();
    }
}

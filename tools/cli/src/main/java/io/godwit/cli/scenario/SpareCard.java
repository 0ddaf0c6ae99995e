package io.godwit.cli.scenario;

import io.godwit.protocol.Nid;
import io.godwit.simulator.device.mqtt.MqttIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A registered card that waits for a client of somebody's own.
 *
 * @param userName as its MQTT client says it
 * @param secretFile holds the device secret and nothing else; readable by its owner only
 */
public record SpareCard(Nid nid, String userName, Path secretFile) {
    static SpareCard keep(Path folder, MqttIdentity identity) throws IOException {
        Path file = folder.resolve(identity.nid().value() + ".secret");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, identity.secret());
        return new SpareCard(identity.nid(), identity.userName(), file);
    }
}

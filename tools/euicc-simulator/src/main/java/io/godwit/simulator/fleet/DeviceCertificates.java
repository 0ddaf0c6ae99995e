package io.godwit.simulator.fleet;

import io.godwit.protocol.Nid;
import io.godwit.simulator.device.mqtt.ClientCertificate;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Certificates by which the devices of a fleet log in, instead of by their secrets. {@code toString} does not tell the password.
 *
 * @param folder with {@code <nid>.p12} for each device: its certificate, with the subject {@code CN=<nid>, O=<tenant>}, and key
 * @param password of each of these files
 * @param authority PEM, of who signs the broker's certificate
 */
public record DeviceCertificates(Path folder, String password, Path authority) {
    /** Where that of a device lies. */
    public Path file(Nid nid) {
        return folder.resolve(nid + ".p12");
    }

    /** @throws IOException when there is none of {@code nid}, or it cannot be read */
    ClientCertificate of(Nid nid) throws IOException {
        return ClientCertificate.load(file(nid), password, authority);
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}

package io.godwit.local.hivemq;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Knocks at a broker without credentials: a CONNECT of MQTT 5 by hand, and the reason code of the CONNACK. */
final class MqttProbe {
    /** The reason code of a broker that lets everybody in. */
    static final int ACCEPTED = 0;

    private static final int PATIENCE_MILLIS = 3_000;
    private static final int CONNECT = 0x10;
    private static final int CONNACK = 0x20;

    private MqttProbe() {}

    /**
     * The reason code, 0 or from 128 up.
     *
     * @throws IOException nobody listens, or no CONNACK came
     */
    static int knock(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.getOutputStream().write(connect());
            byte[] head = socket.getInputStream().readNBytes(4);
            if (head.length < 4 || (head[0] & 0xFF) != CONNACK) {
                throw new IOException("no CONNACK came");
            }
            // Type, length (one byte, for a short reason), session present, reason code.
            return head[3] & 0xFF;
        }
    }

    private static byte[] connect() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeUTF("MQTT");
        out.writeByte(5); // version
        out.writeByte(0x02); // clean start, no user name, no password
        out.writeShort(10); // keep alive, seconds
        out.writeByte(0); // no properties
        out.writeUTF("godwit-probe");
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(CONNECT);
        packet.write(body.size());
        body.writeTo(packet);
        return packet.toByteArray();
    }
}

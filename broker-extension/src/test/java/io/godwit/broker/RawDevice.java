package io.godwit.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.protocol.Octets;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.UUID;

/** A device that writes MQTT packets octet by octet, also those that a well-behaved client would not let out. */
final class RawDevice implements AutoCloseable {
    static final int CONNACK = 2;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int PUBREC = 5;
    static final int SUBACK = 9;
    static final int DISCONNECT = 14;

    private static final int PATIENCE_MILLIS = 90_000;

    private final int version;
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    /** A packet of the broker: its type, and what follows its fixed header. */
    record Packet(int type, Octets body) {
        int packetId() {
            return at(0) << 8 | at(1);
        }

        /** The reason code of a PUBACK or a DISCONNECT; left out means success. */
        int reason() {
            int where = type == DISCONNECT ? 0 : type == CONNACK ? 1 : 2;
            return body.length() > where ? at(where) : 0;
        }

        private int at(int index) {
            return body.toBytes()[index] & 0xFF;
        }
    }

    /** Sends CONNECT in {@code version} 5, or 4 for 3.1.1. */
    RawDevice(int port, int version, String user, String secret) {
        this.version = version;
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream body = new DataOutputStream(bytes);
            text(body, "MQTT");
            body.writeByte(version);
            body.writeByte(0xC2); // user name, password, clean start
            body.writeShort(60);
            noProperties(body);
            text(body, UUID.randomUUID().toString());
            text(body, user);
            text(body, secret);
            send(0x10, bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects as soon as it is let in. */
    static RawDevice connected(int port, int version, String user, String secret) {
        RawDevice[] let = {null};
        Surroundings.await("let in: " + user, () -> {
            RawDevice device = new RawDevice(port, version, user, secret);
            if (device.next().filter(answer -> answer.reason() == 0).isPresent()) {
                let[0] = device;
                return true;
            }
            device.close();
            return false;
        });
        return let[0];
    }

    /** Writes a PUBLISH; false when the connection is gone already. */
    boolean publish(int packetId, int qos, boolean retained, String topic, Octets payload) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream body = new DataOutputStream(bytes);
            text(body, topic);
            if (qos > 0) {
                body.writeShort(packetId);
            }
            noProperties(body);
            body.write(payload.toBytes());
            send(0x30 | qos << 1 | (retained ? 1 : 0), bytes.toByteArray());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Writes a SUBSCRIBE with QoS 1, in MQTT 5 with that subscription identifier (1 to 127). */
    void subscribe(int packetId, String filter, int identifier) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream body = new DataOutputStream(bytes);
            body.writeShort(packetId);
            if (version == 5) {
                body.writeByte(2);
                body.writeByte(0x0B);
                body.writeByte(identifier);
            }
            text(body, filter);
            body.writeByte(1);
            send(0x82, bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The broker's next packet, or nothing when it has closed the connection. */
    Optional<Packet> next() {
        try {
            int first = in.read();
            if (first < 0) {
                return Optional.empty();
            }
            byte[] body = new byte[length()];
            in.readFully(body);
            return Optional.of(new Packet(first >> 4, Octets.of(body)));
        } catch (java.net.SocketTimeoutException e) {
            throw new UncheckedIOException("the broker neither answers nor closes the connection", e);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private int length() throws IOException {
        int length = 0;
        for (int shift = 0; ; shift += 7) {
            int octet = in.readUnsignedByte();
            length |= (octet & 0x7F) << shift;
            if (octet < 0x80) {
                return length;
            }
        }
    }

    private void send(int first, byte[] body) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(first);
        int rest = body.length;
        do {
            packet.write(rest > 0x7F ? (rest & 0x7F) | 0x80 : rest);
            rest >>= 7;
        } while (rest > 0);
        packet.write(body);
        out.write(packet.toByteArray());
    }

    private void noProperties(DataOutputStream body) throws IOException {
        if (version == 5) {
            body.writeByte(0);
        }
    }

    private static void text(DataOutputStream body, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        body.writeShort(bytes.length);
        body.write(bytes);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

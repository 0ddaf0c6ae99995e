package io.godwit.system.secrets;

import io.godwit.local.access.MqttAccess;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands before a broker and keeps each PUBLISH that passes, as it is on the wire. CONNECT is not kept: in it each device shows its
 * secret, as it has to.
 */
public final class WireTap implements Source, AutoCloseable {
    private static final int PUBLISH = 3;
    private static final int MORE = 0x80;

    private final MqttAccess broker;
    private final ServerSocket door;
    private final List<Socket> open = new ArrayList<>();
    private final List<byte[]> published = new ArrayList<>();
    private final ExecutorService pumps = Executors.newCachedThreadPool(pump -> {
        Thread thread = new Thread(pump, "wire-tap");
        thread.setDaemon(true);
        return thread;
    });

    private WireTap(MqttAccess broker) throws IOException {
        this.broker = broker;
        this.door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    }

    /** Connect to {@link #access()} and what is said goes on to {@code broker}. */
    public static WireTap before(MqttAccess broker) throws IOException {
        WireTap tap = new WireTap(broker);
        tap.pumps.execute(tap::letIn);
        return tap;
    }

    public MqttAccess access() {
        return new MqttAccess(door.getInetAddress().getHostAddress(), door.getLocalPort());
    }

    @Override
    public String kind() {
        return "mqtt";
    }

    @Override
    public void pour(Sink sink) {
        List<byte[]> all;
        synchronized (published) {
            all = List.copyOf(published);
        }
        for (int i = 0; i < all.size(); i++) {
            sink.take("PUBLISH " + i, all.get(i));
        }
    }

    private void letIn() {
        try {
            while (true) {
                Socket device = door.accept();
                Socket server = new Socket(broker.host(), broker.port());
                synchronized (open) {
                    open.addAll(List.of(device, server));
                }
                device.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                pumps.execute(() -> pump(device, server));
                pumps.execute(() -> pump(server, device));
            }
        } catch (IOException e) {
            // The door is closed.
        }
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to;
                DataInputStream in = new DataInputStream(from.getInputStream());
                OutputStream out = to.getOutputStream()) {
            while (true) {
                byte[] packet = packet(in);
                if ((packet[0] & 0xff) >> 4 == PUBLISH) {
                    synchronized (published) {
                        published.add(packet);
                    }
                }
                out.write(packet);
                out.flush();
            }
        } catch (IOException e) {
            // One side has gone: so does the other.
        }
    }

    /** One MQTT control packet: type and flags, remaining length in one to four octets, and so much more. */
    private static byte[] packet(DataInputStream in) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(in.readUnsignedByte());
        int length = 0;
        int octet = MORE;
        for (int shift = 0; (octet & MORE) != 0; shift += 7) {
            octet = in.readUnsignedByte();
            packet.write(octet);
            length |= (octet & ~MORE) << shift;
        }
        packet.write(in.readNBytes(length));
        return packet.toByteArray();
    }

    @Override
    public void close() throws IOException {
        door.close();
        synchronized (open) {
            for (Socket socket : open) {
                socket.close();
            }
        }
        pumps.shutdown();
    }
}

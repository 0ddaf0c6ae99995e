package io.godwit.broker.presence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.broker.identity.Gatekeeper.Claim;
import io.godwit.protocol.kafka.RecordHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** The record headers that are the same for all messages of a connection, encoded once. */
public final class RecordStamp {
    private final byte[] key;
    private final List<Header> headers;

    private RecordStamp(byte[] key, List<Header> headers) {
        this.key = key;
        this.headers = List.copyOf(headers);
    }

    /** For what that connection sends, or what is said of it. */
    public static RecordStamp of(NodeIdentity node, DeviceConnection connection) {
        Claim device = connection.device();
        return new RecordStamp(
                connection.key().getBytes(UTF_8),
                encode(Map.of(
                        RecordHeaders.TENANT, device.tenant().value(),
                        RecordHeaders.NID, device.nid().value(),
                        RecordHeaders.NODE, node.node(),
                        RecordHeaders.BOOT, node.boot(),
                        RecordHeaders.CONNECTION, connection.id())));
    }

    /** For what is said of the node. */
    public static RecordStamp of(NodeIdentity node) {
        return new RecordStamp(
                node.node().getBytes(UTF_8),
                encode(Map.of(RecordHeaders.NODE, node.node(), RecordHeaders.BOOT, node.boot())));
    }

    /** The record's key; shared, not to be changed. */
    byte[] key() {
        return key;
    }

    /** A fresh list that ends with {@code more}. */
    List<Header> with(Header... more) {
        List<Header> all = new ArrayList<>(headers.size() + more.length);
        all.addAll(headers);
        all.addAll(List.of(more));
        return all;
    }

    private static List<Header> encode(Map<String, String> values) {
        List<Header> headers = new ArrayList<>();
        values.forEach((name, value) -> headers.add(header(name, value)));
        return headers;
    }

    static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }
}

package io.godwit.broker.downlink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.godwit.broker.downlink.DownlinkRecord.Close;
import io.godwit.broker.downlink.DownlinkRecord.Malformed;
import io.godwit.broker.downlink.DownlinkRecord.ToDevice;
import io.godwit.broker.downlink.DownlinkRecord.ToGroup;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.record.ControlRecord;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DownlinkRecordTest {
    private static final String TENANT = RecordHeaders.TENANT;
    private static final String NID = RecordHeaders.NID;
    private static final String KIND = RecordHeaders.KIND;

    @Test
    void aMessageNamesItsAddresseeAndItsEnd() {
        ToDevice message = assertInstanceOf(
                ToDevice.class,
                read("payload", Map.of(TENANT, "acme", NID, "dev", KIND, "message", RecordHeaders.EXPIRES_AT, "5000")));

        assertEquals(new ToDevice(new TenantId("acme"), new Nid("dev"), Octets.utf8("payload"), 5000), message);
        assertEquals(5, message.secondsLeft(0));
        assertEquals(1, message.secondsLeft(4999));
        assertEquals(0, message.secondsLeft(5000));
        assertEquals(-1, message.secondsLeft(6000));
    }

    @Test
    void aMessageWithoutAnEndNeverExpires() {
        ToDevice message =
                assertInstanceOf(ToDevice.class, read("payload", Map.of(TENANT, "acme", NID, "dev", KIND, "message")));

        assertFalse(message.expires());
    }

    @Test
    void aControlRecordIsForTheNode() {
        ControlRecord control = new ControlRecord("node", "boot", "connection");

        assertEquals(
                new Close(new TenantId("acme"), new Nid("dev"), control),
                read(control.encode().toUtf8(), Map.of(TENANT, "acme", NID, "dev", KIND, "control")));
    }

    @Test
    void aMessageToAGroupNamesTheGroupAndItsEnd() {
        String gid = RecordHeaders.GID;
        assertEquals(
                new ToGroup(new TenantId("acme"), new Gid("meters"), Octets.utf8("payload"), 5000),
                read(
                        "payload",
                        Map.of(TENANT, "acme", gid, "meters", KIND, "message", RecordHeaders.EXPIRES_AT, "5000")));
        ToGroup endless = assertInstanceOf(
                ToGroup.class, read("payload", Map.of(TENANT, "acme", gid, "meters", KIND, "message")));
        assertFalse(endless.expires());
        assertMalformed("payload", Map.of(TENANT, "acme", gid, "a:b", KIND, "message"));
        assertMalformed("payload", Map.of(TENANT, "acme", gid, "meters", KIND, "control"));
        assertMalformed("payload", Map.of(gid, "meters", KIND, "message"));
    }

    @Test
    void aMessageToADeviceInTheContextOfItsGroupIsForThatDeviceAlone() {
        assertInstanceOf(
                ToDevice.class,
                read("payload", Map.of(TENANT, "acme", NID, "dev", RecordHeaders.GID, "meters", KIND, "message")));
    }

    @Test
    void whateverElseIsMalformedAndNeverThrown() {
        assertMalformed("payload", Map.of());
        assertMalformed("payload", Map.of(TENANT, "acme", NID, "dev"));
        assertMalformed("payload", Map.of(TENANT, "acme", KIND, "message"));
        assertMalformed("payload", Map.of(NID, "dev", KIND, "message"));
        assertMalformed("payload", Map.of(TENANT, "ACME", NID, "dev", KIND, "message"));
        assertMalformed("payload", Map.of(TENANT, "acme", NID, "a/b", KIND, "message"));
        assertMalformed("payload", Map.of(TENANT, "acme", NID, "dev", KIND, "gossip"));
        assertMalformed("payload", Map.of(TENANT, "acme", NID, "dev", KIND, "control"));
        assertMalformed(
                "payload", Map.of(TENANT, "acme", NID, "dev", KIND, "message", RecordHeaders.EXPIRES_AT, "soon"));
        assertInstanceOf(Malformed.class, DownlinkRecord.read(new ConsumerRecord<>("topic", 0, 0, new byte[0], null)));
    }

    private static void assertMalformed(String payload, Map<String, String> headers) {
        assertInstanceOf(Malformed.class, read(payload, headers));
    }

    private static DownlinkRecord read(String payload, Map<String, String> headers) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("topic", 0, 0, new byte[0], payload.getBytes(UTF_8));
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return DownlinkRecord.read(record);
    }
}

package io.godwit.broker.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.broker.identity.Gatekeeper.Claim;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static final Claim DEV = new Claim(new TenantId("acme"), new Nid("dev"));

    private final Connections connections = new Connections(3);
    private final DeviceConnection older = connection("1", "a");
    private final DeviceConnection newer = connection("2", "b");

    @Test
    void theNewestSubscriberIsServedAndTheOneBeforeItIsNamed() {
        connections.add(older);
        connections.add(newer);
        assertEquals(Optional.empty(), connections.subscriber("acme/dev"));

        assertEquals(Optional.empty(), connections.subscribed(older));
        assertEquals(Optional.empty(), connections.subscribed(older), "subscribing again is no take-over");
        assertEquals(Optional.of(older), connections.subscribed(newer));

        assertEquals(Optional.of(newer), connections.subscriber("acme/dev"));
        assertEquals(Optional.empty(), connections.subscriber("globex/dev"));
    }

    @Test
    void theEndOfAnOldConnectionDoesNotTouchANewOne() {
        connections.add(older);
        connections.subscribed(older);
        connections.add(newer);
        connections.subscribed(newer);

        connections.remove(older);

        assertEquals(Optional.of(newer), connections.subscriber("acme/dev"));
        assertEquals(Optional.empty(), connections.find("1"));
        connections.unsubscribed(older);
        assertEquals(Optional.of(newer), connections.subscriber("acme/dev"));
        connections.unsubscribed(newer);
        assertEquals(Optional.empty(), connections.subscriber("acme/dev"));
        connections.remove(newer);
        assertEquals(0, connections.size());
        assertEquals(List.of(), connections.of("acme/dev"));
    }

    @Test
    void aClientIdThatComesAgainBelongsToTheNewConnection() {
        DeviceConnection again = connection("3", "a");
        connections.add(older);
        connections.add(again);

        assertFalse(connections.isCurrent(older));
        assertTrue(connections.isCurrent(again));
        connections.remove(older);
        assertTrue(connections.isCurrent(again));
    }

    @Test
    void theOldestIsNamedWhenThereAreTooMany() {
        connections.add(older);
        connections.add(newer);
        assertEquals(Optional.empty(), connections.add(connection("3", "c")));
        assertEquals(Optional.of(older), connections.add(connection("4", "d")));
        assertEquals(4, connections.of(DEV.tenant()).size());
        assertEquals(List.of(), connections.of(new TenantId("globex")));
    }

    @Test
    void onlyTheFirstClosesAndEveryoneWhoWaitsForTheEndIsTold() {
        List<String> told = new ArrayList<>();
        assertTrue(older.beginClosing());
        assertFalse(older.beginClosing());
        older.whenClosed(() -> told.add("before"));
        assertEquals(List.of(), told);

        older.closed();
        older.closed();
        older.whenClosed(() -> told.add("after"));

        assertEquals(List.of("before", "after"), told);
    }

    @Test
    void aConnectionIsStalledWhenItsMessagesDoNotSettle() {
        assertFalse(older.isStalled(-1), "nothing is on its way");
        assertEquals(1, older.departed());
        assertEquals(2, older.departed());
        assertTrue(older.isStalled(-1));
        assertFalse(older.isStalled(1_000_000_000_000L));
        older.settled();
        older.settled();
        assertFalse(older.isStalled(-1));
    }

    private static DeviceConnection connection(String id, String clientId) {
        return new DeviceConnection(id, "acme/dev/" + clientId, DEV, Octets.EMPTY);
    }
}

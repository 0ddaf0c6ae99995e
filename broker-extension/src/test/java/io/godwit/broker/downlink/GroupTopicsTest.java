package io.godwit.broker.downlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.godwit.broker.downlink.GroupTopics.Group;
import io.godwit.protocol.Gid;
import io.godwit.protocol.TenantId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroupTopicsTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId GLOBEX = new TenantId("globex");
    private static final Gid METERS = new Gid("meters");

    private final GroupTopics topics = new GroupTopics("secret");

    @Test
    void groupsOfOneNameHaveATopicForEachTenant() {
        String acme = topics.of(ACME, METERS);
        String globex = topics.of(GLOBEX, METERS);

        assertNotEquals(acme, globex);
        assertEquals(Optional.of(new Group(ACME, METERS)), topics.find(acme));
        assertEquals(Optional.of(new Group(GLOBEX, METERS)), topics.find(globex));
    }

    @Test
    void noTopicIsFoundThatNobodyHolds() {
        topics.of(ACME, METERS);
        topics.name(ACME, new Gid("pumps"));

        assertEquals(Optional.empty(), topics.find("To_eUICC"));
        assertEquals(Optional.empty(), topics.find("godwit-secret:acme:pumps"));
        assertEquals(Optional.empty(), topics.find("godwit-guess:acme:meters"));
    }

    @Test
    void aTopicCanBePublishedToAndHasNoWildcard() {
        assertFalse(topics.of(ACME, METERS).matches(".*[#+/$].*"));
    }
}

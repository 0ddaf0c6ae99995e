package io.godwit.provisioning.intake;

import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.provisioning.procedure.Outgoing;

/** Something for {@code to-euicc}, to be sent after the commit. */
record Addressed(TopicSet topics, TenantId tenant, Nid nid, Outgoing outgoing) {}

package io.godwit.provisioning.intake;

import io.godwit.gsma.grouppackage.GroupFunction;
import io.godwit.gsma.grouppackage.GroupPackage;
import io.godwit.gsma.grouppackage.GroupTarget;
import io.godwit.gsma.scp80.Counter;
import io.godwit.kit.outbox.Outbox;
import io.godwit.kit.outbox.OutboxRecord;
import io.godwit.protocol.Address;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.RecordKey;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.provisioning.campaign.Campaign;
import io.godwit.provisioning.campaign.CampaignDecision;
import io.godwit.provisioning.campaign.Choice;
import io.godwit.provisioning.keys.SmSrSigner;
import io.godwit.provisioning.postgres.CampaignTable;
import io.godwit.provisioning.postgres.CensusTable;
import io.godwit.provisioning.postgres.GroupTable;
import io.godwit.provisioning.procedure.GroupCourse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Looks at campaigns and does what they decide, within one transaction: the group's messages leave through the outbox, since
 * no card's row holds them.
 */
final class Campaigns {
    private final Connection connection;
    private final TenantId tenant;
    private final TopicSet topics;
    private final Circumstances circumstances;
    private final Instant now;
    private final List<OutboxRecord> records = new ArrayList<>();

    Campaigns(Connection connection, TenantId tenant, TopicSet topics, Circumstances circumstances) {
        this.connection = connection;
        this.tenant = tenant;
        this.topics = topics;
        this.circumstances = circumstances;
        this.now = circumstances.now();
    }

    /** @return whether one was due */
    boolean look() throws SQLException {
        Optional<Campaign> due = CampaignTable.lockDue(connection, tenant, now);
        if (due.isEmpty()) {
            return false;
        }
        Campaign campaign = due.get();
        carryOut(campaign, campaign.look(CensusTable.take(connection, tenant, campaign), now));
        return true;
    }

    /** One that is over, or was never there, stays as it is. */
    void steer(OrderRecord.SteerCampaign order) throws SQLException {
        Optional<Campaign> found = CampaignTable.lock(connection, tenant, order.campaign());
        if (found.isPresent()) {
            carryOut(found.get(), found.get().steer(order.steering(), now));
        }
    }

    private void carryOut(Campaign before, CampaignDecision decision) throws SQLException {
        Campaign next = decision.next();
        for (CampaignDecision.Effect effect : decision.effects()) {
            switch (effect) {
                case TRIGGER -> trigger(next);
                case COMMAND_CANARY -> next = command(next, next.plan().canary(), true);
                case COMMAND -> next = command(next, Integer.MAX_VALUE, false);
                case WAKE -> wake(next);
            }
        }
        if (decision.news()) {
            next = next.told();
            EventRecord.CampaignProgressed event = new EventRecord.CampaignProgressed(
                    now, tenant, next.operation(), next.events(), next.literal(), next.published());
            records.add(OutboxRecord.of(tenant, topics.events(), event.key(), event.encode()));
        }
        if (!next.equals(before)) {
            CampaignTable.update(connection, tenant, next);
        }
        Outbox.append(connection, records);
        records.clear();
    }

    private void wake(Campaign campaign) throws SQLException {
        boolean waits = campaign.stage().isOpen() && !campaign.packages().isEmpty();
        Instant answersBy = waits
                ? campaign.packages()
                        .get(campaign.packages().size() - 1)
                        .at()
                        .plus(campaign.plan().answerWindow())
                : now;
        CampaignTable.wake(connection, tenant, campaign.operation(), now, answersBy.isBefore(now) ? now : answersBy);
    }

    private void trigger(Campaign campaign) throws SQLException {
        int members = CampaignTable.reachable(connection, tenant, campaign.operation())
                .size();
        send(
                campaign,
                campaign.triggerId(),
                new StepBody.Trigger(campaign.triggerId(), campaign.operation(), circumstances.replyWithin(members)));
    }

    /** Makes the package for those that can be reached, and sends it; without anybody none is made. */
    private Campaign command(Campaign campaign, int limit, boolean canaryOnly) throws SQLException {
        Optional<GroupTable.State> group = GroupTable.lock(connection, tenant, campaign.gid());
        // Read behind the lock: whoever has joined by a configuration with the present floor is seen here.
        Map<Nid, Eid> reachable = CampaignTable.reachable(connection, tenant, campaign.operation());
        Optional<SmSrSigner> signer = circumstances.signing().signer();
        if (group.isEmpty() || reachable.isEmpty() || signer.isEmpty()) {
            return campaign;
        }
        Counter last = group.get().counter();
        int epoch = circumstances.rules().counterEpoch();
        Counter counter = (last.epoch() < epoch ? last.withEpoch(epoch) : last).next();
        UUID id = campaignId(campaign.operation());
        Map<Nid, Eid> others = CampaignTable.obeying(connection, tenant, campaign.gid());
        others.keySet().removeAll(reachable.keySet());
        Choice choice = Choice.of(id, reachable, others.values(), limit);
        Octets octets = new GroupPackage(
                        tenant,
                        campaign.gid(),
                        group.get().epoch(),
                        id,
                        counter,
                        function(campaign.function()),
                        target(campaign.function()),
                        choice.selection())
                .sign(signer.get());
        GroupTable.putCounter(connection, tenant, campaign.gid(), counter);
        GroupCourse.SentPackage sent =
                new GroupCourse.SentPackage(counter, GroupPackage.hashOf(octets), now, canaryOnly);
        Campaign next = campaign.commanded(sent, choice.chosen());
        String message = campaign.operation() + ".c" + next.packages().size();
        send(
                next,
                message,
                new StepBody.GroupCommand(
                        message,
                        octets,
                        circumstances.replyWithin(choice.chosen().size())));
        return next;
    }

    private void send(Campaign campaign, String messageId, StepBody body) {
        circumstances.meters().sent(body.step());
        Map<String, String> headers = Map.of(
                RecordHeaders.TENANT, tenant.value(),
                RecordHeaders.GID, campaign.gid().value(),
                RecordHeaders.KIND, RecordHeaders.KIND_MESSAGE,
                RecordHeaders.MESSAGE_ID, messageId,
                RecordHeaders.EXPIRES_AT, Long.toString(expiry(campaign).toEpochMilli()));
        records.add(new OutboxRecord(
                tenant.value(),
                topics.toEuicc(),
                null,
                RecordKey.of(tenant, campaign.gid()),
                headers,
                RspMessageCodec.encode(body.toMessage(new Address.Group(campaign.gid())))));
    }

    /** After the window members are served one by one, and the group's message has no more to say. */
    private Instant expiry(Campaign campaign) {
        Instant window = now.plus(campaign.plan().answerWindow());
        return window.isBefore(campaign.validUntil()) ? window : campaign.validUntil();
    }

    private static UUID campaignId(String operation) {
        try {
            return UUID.fromString(operation);
        } catch (IllegalArgumentException e) {
            return UUID.nameUUIDFromBytes(operation.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static GroupFunction function(EsFunction function) {
        return switch (function.name()) {
            case ENABLE_PROFILE -> GroupFunction.ENABLE_PROFILE;
            case DISABLE_PROFILE -> GroupFunction.DISABLE_PROFILE;
            case DELETE_PROFILE -> GroupFunction.DELETE_PROFILE;
            case SET_FALLBACK_ATTRIBUTE -> GroupFunction.SET_FALLBACK_ATTRIBUTE;
            case EUICC_CAPABILITY_AUDIT -> GroupFunction.EUICC_CAPABILITY_AUDIT;
            case DOWNLOAD_PROFILE -> throw new IllegalArgumentException("function: a package is for one card");
            case UPDATE_CONNECTIVITY_PARAMETERS ->
                throw new IllegalArgumentException("function: keys of an ISD-P are for one card");
            case ESTABLISH_ISDR_KEY_SET ->
                throw new IllegalArgumentException("function: keys are agreed on with one card");
            case UPDATE_POL1_BY_MNO -> throw new IllegalArgumentException("function: a packet is for one card");
            case MASTER_DELETE -> throw new IllegalArgumentException("function: a token is for one card");
            case UPDATE_POLICY_RULES -> throw new IllegalArgumentException("function: the SM-SR's own, for one card");
        };
    }

    private static Optional<GroupTarget> target(EsFunction function) {
        return function.findTarget().map(target -> {
            if (target instanceof ProfileTarget.ByAid byAid) {
                return new GroupTarget.ByAid(byAid.aid());
            }
            return target instanceof ProfileTarget.ByIccid byIccid
                    ? new GroupTarget.ByIccids(List.of(byIccid.iccid()))
                    : new GroupTarget.ByProfileType(((ProfileTarget.ByType) target).type());
        });
    }
}

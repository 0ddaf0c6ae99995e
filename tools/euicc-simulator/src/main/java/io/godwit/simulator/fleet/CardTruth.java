package io.godwit.simulator.fleet;

import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.Fields;
import io.godwit.protocol.record.ProfileState;
import io.godwit.simulator.card.CardGroups;
import io.godwit.simulator.card.CardState;
import io.godwit.simulator.card.ExecutionLog;
import io.godwit.simulator.device.RefusedAttach;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a card itself holds, to be compared with what the platform believes of it.
 *
 * @param nid {@code null} for a card that is not registered
 * @param profiles in the order of the card
 * @param emptyIsdPs how many ISD-Ps without a profile there are
 * @param executedPackets how many packets the card has executed, ever
 * @param recentCounters the SCP80 counters of the last of them, the latest last; a counter that stands in it twice would be
 *     a command executed twice
 * @param notificationPending whether the SM-SR still has to confirm something
 * @param groupExtension whether it can be a member of groups
 * @param groups that it is a member of
 * @param executedGroupPackages how many group packages the card has executed, ever
 * @param recentGroupExecutions the last of them, the latest last
 * @param attachRefused why a network did not want one of its profiles, until that profile attaches; {@code null}: none did
 */
public record CardTruth(
        Eid eid,
        @Nullable Nid nid,
        List<ProfileState> profiles,
        int emptyIsdPs,
        long executedPackets,
        List<Long> recentCounters,
        boolean notificationPending,
        boolean groupExtension,
        List<GroupTruth.Membership> groups,
        long executedGroupPackages,
        List<GroupTruth.Execution> recentGroupExecutions,
        @Nullable RefusedAttach attachRefused) {
    public CardTruth {
        profiles = List.copyOf(profiles);
        recentCounters = List.copyOf(recentCounters);
        groups = List.copyOf(groups);
        recentGroupExecutions = List.copyOf(recentGroupExecutions);
    }

    static CardTruth of(CardState card, @Nullable Nid nid, @Nullable RefusedAttach attachRefused) {
        return new CardTruth(
                card.eid(),
                nid,
                card.isdPs().stream()
                        .filter(isdP -> isdP.iccid().isPresent())
                        .map(isdP -> new ProfileState(
                                isdP.aid(),
                                isdP.iccid().orElseThrow(),
                                isdP.isEnabled() ? ProfileState.State.ENABLED : ProfileState.State.DISABLED,
                                isdP.fallback()))
                        .toList(),
                (int) card.isdPs().stream()
                        .filter(isdP -> isdP.iccid().isEmpty())
                        .count(),
                card.executions().packets(),
                card.executions().recent().stream()
                        .map(ExecutionLog.Execution::counter)
                        .map(counter -> counter.value())
                        .toList(),
                !card.pending().isEmpty(),
                card.groups().isPresent(),
                card.groups().map(CardGroups::configurations).orElse(List.of()).stream()
                        .map(GroupTruth.Membership::of)
                        .toList(),
                card.executions().groupPackages(),
                card.executions().recentForGroups().stream()
                        .map(GroupTruth.Execution::of)
                        .toList(),
                attachRefused);
    }

    /** Whether its log has one command, or one package of a group, twice. */
    public boolean executedTwice() {
        return holdsTwice(recentCounters) || holdsTwice(recentGroupExecutions);
    }

    private static boolean holdsTwice(List<?> executions) {
        return new HashSet<>(executions).size() != executions.size();
    }

    /** The ISD-P of the enabled profile. */
    public Aid enabledIsdP() {
        return profiles.stream()
                .filter(profile -> profile.state() == ProfileState.State.ENABLED)
                .findFirst()
                .map(ProfileState::isdPAid)
                .orElseThrow();
    }

    /** Whether that profile is enabled, its network has let it in, and the SM-SR has confirmed the change. */
    public boolean isAttachedWith(Iccid iccid) {
        return attachRefused == null
                && !notificationPending
                && profiles.stream()
                        .anyMatch(profile ->
                                profile.iccid().equals(iccid) && profile.state() == ProfileState.State.ENABLED);
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("eid", eid.digits())
                .put("nid", nid == null ? null : nid.value())
                .put("profiles", profiles.stream().map(ProfileState::toJson).toList())
                .put("emptyIsdPs", emptyIsdPs)
                .put("executedPackets", executedPackets)
                .put("recentCounters", recentCounters.stream().map(Json::of).toList())
                .put("notificationPending", notificationPending)
                .put("groupExtension", groupExtension)
                .put(
                        "groups",
                        groups.stream().map(GroupTruth.Membership::toJson).toList())
                .put("executedGroupPackages", executedGroupPackages)
                .put(
                        "recentGroupExecutions",
                        recentGroupExecutions.stream()
                                .map(GroupTruth.Execution::toJson)
                                .toList())
                .put("attachRefused", attachRefused == null ? null : DeviceMemoryCodec.toJson(attachRefused))
                .build();
    }

    public static CardTruth fromJson(Fields fields) {
        return new CardTruth(
                fields.value("eid", Eid::new),
                fields.findValue("nid", Nid::new).orElse(null),
                fields.list("profiles", ProfileState::fromJson),
                fields.smallNumber("emptyIsdPs"),
                fields.number("executedPackets"),
                fields.object().array("recentCounters").orElse(List.of()).stream()
                        .map(counter -> ((Json.Num) counter).asLong().orElseThrow())
                        .toList(),
                fields.truth("notificationPending"),
                fields.truth("groupExtension"),
                fields.list("groups", GroupTruth.Membership::fromJson),
                fields.number("executedGroupPackages"),
                fields.list("recentGroupExecutions", GroupTruth.Execution::fromJson),
                fields.findObject("attachRefused")
                        .map(DeviceMemoryCodec::refused)
                        .orElse(null));
    }
}

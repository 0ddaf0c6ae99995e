package io.godwit.provisioning.procedure;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.grouppackage.GroupCommand;
import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.record.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The group configurations of a card: brought to what the fleet says, in one script under the card's own keys. What a script
 * held is read back from the message that waits for its answer.
 */
final class Configuring {
    private Configuring() {}

    static boolean isUpToDate(HeldGroup held, Groups.Membership membership, String keyName) {
        return membership.isMember()
                && held.joinEpoch() == membership.joinEpoch()
                && held.epoch() == membership.epoch()
                && held.key().equals(keyName);
    }

    /** Whether the card holds something else than it should. */
    static boolean isDue(Card card, Groups groups) {
        return card.registered()
                && card.eis().groupPackages()
                && !commands(card, groups).isEmpty();
    }

    /** The procedure's turn has come. */
    static Decision open(Turn turn) {
        List<GroupCommand> due = turn.card().eis().groupPackages()
                ? commands(turn.card(), turn.moment().groups())
                : List.of();
        return due.isEmpty()
                ? turn.end(Outcome.SUCCEEDED)
                : turn.commandPlain(due.stream().map(GroupCommand::command).toList(), ProcedureState.Commanded::new);
    }

    /** The card has answered; a refusal stays as it is until the fleet says something new. */
    static Decision answered(Turn turn, List<GroupCommand> asked, List<ResponseApdu> responses) {
        Card card = turn.card();
        for (int i = 0; i < Math.min(asked.size(), responses.size()); i++) {
            card = took(
                    card, asked.get(i), responses.get(i).status(), turn.moment().groups());
        }
        Turn told = turn.with(card);
        boolean refused = responses.size() < asked.size()
                || !responses.get(responses.size() - 1).status().isSuccess();
        boolean more = !refused && isDue(card, turn.moment().groups());
        return more || isLeaveOfNothing(asked, responses)
                ? open(told)
                : told.end(
                        refused
                                ? Outcome.failed(
                                        "GROUPS_REFUSED",
                                        "the card did not take a group configuration: it cannot be commanded in group mode")
                                : Outcome.SUCCEEDED);
    }

    /** Before any other command: packages that the card has not seen yet are to be old to it when it comes to it. */
    static List<CommandApdu> floors(Card card, Groups groups) {
        if (card.groups().isEmpty()) {
            return List.of();
        }
        List<CommandApdu> raises = new ArrayList<>();
        for (Groups.Membership membership : groups.of(card)) {
            card.held(membership.gid())
                    .filter(held -> held.floor().compareTo(membership.counter()) < 0)
                    .ifPresent(held -> raises.add(
                            new GroupCommand.RaiseFloor(groups.tenant(), held.gid(), membership.counter()).command()));
        }
        return raises;
    }

    /** What a script's leading {@link GroupCommand}s have made of the card. */
    static Card took(Card card, GroupCommand asked, StatusWord status, Groups groups) {
        boolean isUnknown = status.equals(StatusWord.REFERENCE_NOT_FOUND);
        if (isUnknown || (asked instanceof GroupCommand.Leave && status.isSuccess())) {
            return card.holding(card.groups().stream()
                    .filter(held -> !held.gid().equals(asked.gid()))
                    .toList());
        }
        if (!status.isSuccess()) {
            return card;
        }
        if (asked instanceof GroupCommand.RaiseFloor raise) {
            return card.withFloor(raise.gid(), raise.counterFloor());
        }
        return joined(card, (GroupCommand.Join) asked, groups);
    }

    private static Card joined(Card card, GroupCommand.Join join, Groups groups) {
        int joinEpoch = groups.of(card).stream()
                .filter(membership -> membership.gid().equals(join.gid()))
                .mapToInt(Groups.Membership::joinEpoch)
                .findFirst()
                .orElse(0);
        List<HeldGroup> held = new ArrayList<>(card.groups());
        held.removeIf(group -> group.gid().equals(join.gid()));
        held.add(new HeldGroup(
                join.gid(),
                joinEpoch,
                join.epoch(),
                highest(join.counterFloor(), card.held(join.gid())),
                join.key().point().slice(1, 9).toHex()));
        return card.holding(held);
    }

    private static Counter highest(Counter floor, Optional<HeldGroup> held) {
        return held.map(HeldGroup::floor)
                .filter(before -> before.compareTo(floor) > 0)
                .orElse(floor);
    }

    /** The card never had that configuration: its script ended there, and the rest of it is still to be done. */
    private static boolean isLeaveOfNothing(List<GroupCommand> asked, List<ResponseApdu> responses) {
        int last = responses.size() - 1;
        return last >= 0
                && last < asked.size() - 1
                && asked.get(last) instanceof GroupCommand.Leave
                && responses.get(last).status().equals(StatusWord.REFERENCE_NOT_FOUND);
    }

    private static List<GroupCommand> commands(Card card, Groups groups) {
        List<GroupCommand> commands = new ArrayList<>();
        if (groups.findSigningKey().isEmpty()) {
            return commands;
        }
        List<Groups.Membership> memberships = groups.of(card);
        for (HeldGroup held : card.groups()) {
            boolean stays = memberships.stream()
                    .anyMatch(membership -> membership.gid().equals(held.gid()) && membership.isMember());
            if (!stays) {
                commands.add(new GroupCommand.Leave(groups.tenant(), held.gid()));
            }
        }
        for (Groups.Membership membership : memberships) {
            boolean holds = card.held(membership.gid())
                    .filter(held -> isUpToDate(held, membership, groups.keyName()))
                    .isPresent();
            if (membership.isMember() && !holds) {
                commands.add(new GroupCommand.Join(
                        groups.tenant(),
                        membership.gid(),
                        membership.epoch(),
                        membership.counter(),
                        groups.signingKey()));
            }
        }
        return commands;
    }
}

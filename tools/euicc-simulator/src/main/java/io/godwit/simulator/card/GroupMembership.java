package io.godwit.simulator.card;

import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.grouppackage.GroupCommand;
import io.godwit.gsma.grouppackage.GroupPackage;
import io.godwit.gsma.grouppackage.GroupTarget;
import io.godwit.gsma.grouppackage.GroupTarget.ByAid;
import io.godwit.gsma.grouppackage.GroupTarget.ByIccids;
import io.godwit.gsma.grouppackage.GroupTarget.ByProfileType;
import io.godwit.gsma.grouppackage.MemberMark;
import io.godwit.gsma.scp80.CounterVerdict;
import java.util.List;
import java.util.Optional;

/** A card as a member of groups: which it joins and leaves, which packages it obeys, and which profile they mean here. */
final class GroupMembership {
    private final CardState state;
    private final CardGroups groups;

    /** @param groups those of {@code state}, which has the extension */
    GroupMembership(CardState state, CardGroups groups) {
        this.state = state;
        this.groups = groups;
    }

    /** The card after a command, and what it answers. */
    record Result(CardState next, ResponseApdu answer) {}

    /** What the SM-SR says under the card's own keys. */
    Result execute(GroupCommand command) {
        Optional<GroupConfiguration> present = groups.find(command.tenant(), command.gid());
        if (command instanceof GroupCommand.Join join) {
            if (present.isEmpty() && groups.isFull()) {
                return refused(StatusWord.NOT_ENOUGH_MEMORY);
            }
            GroupConfiguration joined = GroupConfiguration.of(join);
            return done(groups.with(present.map(earlier -> joined.notBelow(earlier.counterFloor()))
                    .orElse(joined)));
        }
        if (present.isEmpty()) {
            return refused(StatusWord.REFERENCE_NOT_FOUND);
        }
        return command instanceof GroupCommand.RaiseFloor raise
                ? done(groups.with(present.get().notBelow(raise.counterFloor())))
                : done(groups.without(present.get()));
    }

    /**
     * The configuration under which the card obeys {@code signed}; empty when it does not. The signature is checked last: it
     * costs a thousand times as much as all the rest.
     */
    Optional<GroupConfiguration> obeying(GroupPackage.Signed signed) {
        GroupPackage content = signed.content();
        return groups.find(content.tenant(), content.gid())
                .filter(group -> group.epoch() == content.epoch())
                .filter(group -> content.counter().judgedAfter(group.counterFloor()) == CounterVerdict.ACCEPTED)
                .filter(group -> content.selection().includes(MemberMark.of(content.campaign(), state.eid())))
                .filter(group -> signed.isBy(group.key()));
    }

    /**
     * The one profile of this card that {@code target} means; empty when there is none, or more than one. One that moves from
     * card to card is nobody's but the move's.
     */
    Optional<IsdP> only(GroupTarget target) {
        List<IsdP> meant = state.isdPs().stream()
                .filter(isdP -> means(target, isdP) && state.peer().isFree(isdP.aid()))
                .toList();
        return meant.size() == 1 ? Optional.of(meant.get(0)) : Optional.empty();
    }

    private static boolean means(GroupTarget target, IsdP isdP) {
        if (target instanceof ByProfileType byType) {
            return isdP.profileType().filter(byType.type()::equals).isPresent();
        }
        if (target instanceof ByAid byAid) {
            return isdP.aid().equals(byAid.isdP());
        }
        return isdP.iccid().filter(((ByIccids) target).iccids()::contains).isPresent();
    }

    private Result refused(StatusWord status) {
        return new Result(state, ResponseApdu.of(status));
    }

    private Result done(CardGroups next) {
        return new Result(state.with(next), ResponseApdu.of(StatusWord.SUCCESS));
    }
}

package io.godwit.simulator.card;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.es5.CreateIsdP;
import io.godwit.gsma.es5.DeleteProfile;
import io.godwit.gsma.es5.DisableProfile;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.Es5Function;
import io.godwit.gsma.es5.EuiccCapabilityAudit;
import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.es5.MasterDelete;
import io.godwit.gsma.es5.Notification;
import io.godwit.gsma.es5.NotificationConfirmation;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.gsma.es5.Resources;
import io.godwit.gsma.es5.SetFallbackAttribute;
import io.godwit.gsma.grouppackage.GroupCommand;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The ISD-R executes one command (SGP.02 section 4.1.1): a refusal changes nothing. While a change of profile is not
 * confirmed, no other one begins and the profile to roll back to stays.
 */
final class IsdR {
    private static final int CLA = 0x80;
    private static final Set<Integer> INSTRUCTIONS = Set.of(0xe2, 0xe4, 0xf2, 0xca);
    private static final int FREE_VOLATILE_MEMORY = 8192;

    /** The card after a command, and what it answers. */
    record Result(CardState next, ResponseApdu answer) {}

    private final CardState state;

    IsdR(CardState state) {
        this.state = state;
    }

    /** The card after several commands, and its answers, one for each executed command. */
    record Run(CardState next, List<ResponseApdu> answers) {}

    /** Executes one command after the other, up to the first that is refused. */
    static Run run(CardState state, List<CommandApdu> commands) {
        List<ResponseApdu> answers = new ArrayList<>();
        CardState next = state;
        for (CommandApdu command : commands) {
            Result result = new IsdR(next).execute(command);
            next = result.next();
            answers.add(result.answer());
            if (!result.answer().status().isSuccess()) {
                break;
            }
        }
        return new Run(next, List.copyOf(answers));
    }

    Result execute(CommandApdu command) {
        if (EuiccCapabilityAudit.asksForResources(command)) {
            return answered(new Resources(state.isdPs().size(), state.freeMemory(), FREE_VOLATILE_MEMORY).encode());
        }
        Optional<Result> forGroups = state.groups()
                .flatMap(groups -> GroupCommand.parse(command).map(new GroupMembership(state, groups)::execute));
        if (forGroups.isPresent()) {
            return forGroups.get();
        }
        Optional<Es5Function> function = Es5Function.parse(command);
        return function.isPresent() ? execute(function.get()) : refused(whyNotUnderstood(command));
    }

    private Result execute(Es5Function function) {
        if (function instanceof CreateIsdP create) {
            return create(create);
        }
        if (function instanceof EnableProfile enable) {
            return onIsdP(enable.isdP(), this::enable);
        }
        if (function instanceof DisableProfile disable) {
            return onIsdP(disable.isdP(), this::disable);
        }
        if (function instanceof DeleteProfile delete) {
            return onIsdP(delete.isdP(), this::delete);
        }
        if (function instanceof MasterDelete delete) {
            // No ISD-P of this card has a token key: nobody can have signed this.
            return onIsdP(delete.isdP(), isdP -> refused(StatusWord.REFERENCE_NOT_FOUND));
        }
        if (function instanceof SetFallbackAttribute fallback) {
            return onIsdP(fallback.isdP(), this::setFallback);
        }
        if (function instanceof EuiccCapabilityAudit audit) {
            return audit.isdP()
                    .map(aid -> onIsdP(aid, isdP -> audit(List.of(isdP))))
                    .orElseGet(() -> audit(state.isdPs()));
        }
        return confirm((NotificationConfirmation) function);
    }

    private Result onIsdP(Aid aid, Function<IsdP, Result> action) {
        return state.isdP(aid).map(action).orElseGet(() -> refused(StatusWord.REFERENCE_NOT_FOUND));
    }

    private Result create(CreateIsdP order) {
        if (state.isdP(order.isdP()).isPresent()) {
            return refused(StatusWord.WRONG_DATA);
        }
        int memory = order.memory().orElse(state.freeMemory());
        return memory == 0 || memory > state.freeMemory()
                ? refused(StatusWord.NOT_ENOUGH_MEMORY)
                : new Result(state.with(IsdP.created(order.isdP(), memory)), ResponseApdu.success(Octets.ofInts(0)));
    }

    private Result enable(IsdP target) {
        if (target.state() != LifeCycle.DISABLED || state.unconfirmedChange().isPresent()) {
            return refused(StatusWord.CONDITIONS_NOT_SATISFIED);
        }
        return state.enabled().pol1().forbidsDisabling()
                ? refused(StatusWord.POL1_FORBIDS)
                : done(ProfileChange.commanded(state, target));
    }

    private Result disable(IsdP target) {
        if (!target.isEnabled()
                || target.fallback()
                || state.unconfirmedChange().isPresent()) {
            return refused(StatusWord.CONDITIONS_NOT_SATISFIED);
        }
        return target.pol1().forbidsDisabling()
                ? refused(StatusWord.POL1_FORBIDS)
                : done(ProfileChange.commanded(state, state.fallback()));
    }

    private Result delete(IsdP target) {
        boolean needed = target.isEnabled()
                || target.fallback()
                || state.rollBackTo().filter(target.aid()::equals).isPresent();
        if (needed) {
            return refused(StatusWord.CONDITIONS_NOT_SATISFIED);
        }
        return target.pol1().forbidsDeletion()
                ? refused(StatusWord.POL1_FORBIDS)
                : new Result(state.without(target), ResponseApdu.success(Octets.ofInts(0)));
    }

    private Result setFallback(IsdP target) {
        // A profile that has to go when it is disabled cannot be the one that must stay.
        if (!target.state().holdsProfile() || target.pol1().demandsDeletionWhenDisabled()) {
            return refused(StatusWord.CONDITIONS_NOT_SATISFIED);
        }
        return done(state.withIsdPs(isdP -> isdP.withFallback(isdP.aid().equals(target.aid()))));
    }

    private Result audit(List<IsdP> isdPs) {
        return answered(EuiccCapabilityAudit.encodeStates(
                isdPs.stream().map(IsdP::audited).toList()));
    }

    private Result confirm(NotificationConfirmation confirmation) {
        Optional<Notification> found = state.pending().stream()
                .filter(notification -> notification.sequence() == confirmation.sequence())
                .findFirst();
        // Before the REFRESH nobody has seen the notification, so nobody can confirm it.
        if (found.isEmpty() || state.refreshPending()) {
            return refused(StatusWord.REFERENCE_NOT_FOUND);
        }
        Optional<IsdP> obsolete = found.get().type() == NotificationType.PROFILE_CHANGE_SUCCEEDED
                ? state.rollBackTo().flatMap(state::isdP).filter(IsdR::hasToGo)
                : Optional.empty();
        CardState confirmed = ProfileChange.confirmed(state, found.get());
        return new Result(
                obsolete.map(confirmed::without).orElse(confirmed),
                ResponseApdu.success(NotificationConfirmation.encodeDeleted(
                        obsolete.map(IsdP::aid).stream().toList())));
    }

    private static boolean hasToGo(IsdP disabled) {
        return disabled.pol1().demandsDeletionWhenDisabled()
                && !disabled.pol1().forbidsDeletion()
                && !disabled.fallback();
    }

    private static StatusWord whyNotUnderstood(CommandApdu command) {
        if (command.cla() != CLA) {
            return StatusWord.CLA_NOT_SUPPORTED;
        }
        return INSTRUCTIONS.contains(command.ins()) ? StatusWord.WRONG_DATA : StatusWord.INS_NOT_SUPPORTED;
    }

    private Result refused(StatusWord status) {
        return new Result(state, ResponseApdu.of(status));
    }

    private Result answered(Octets data) {
        return new Result(state, ResponseApdu.success(data));
    }

    private static Result done(CardState next) {
        return new Result(next, ResponseApdu.of(StatusWord.SUCCESS));
    }
}

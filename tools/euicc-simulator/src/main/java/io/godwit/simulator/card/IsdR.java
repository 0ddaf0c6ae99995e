package io.godwit.simulator.card;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.es5.CreateIsdP;
import io.godwit.gsma.es5.DeleteProfile;
import io.godwit.gsma.es5.DisableProfile;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.Es5Function;
import io.godwit.gsma.es5.EuiccCapabilityAudit;
import io.godwit.gsma.es5.FinaliseIsdRHandover;
import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.es5.MasterDelete;
import io.godwit.gsma.es5.Notification;
import io.godwit.gsma.es5.NotificationConfirmation;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.gsma.es5.Resources;
import io.godwit.gsma.es5.SetFallbackAttribute;
import io.godwit.gsma.grouppackage.GroupCommand;
import io.godwit.gsma.peer.PeerCommand;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The ISD-R executes one command (SGP.02 section 4.1.1): a refusal changes nothing. While a change of profile is not
 * confirmed, no other one begins and the profile to roll back to stays.
 */
final class IsdR {
    private static final int CLA = 0x80;
    private static final Set<Integer> INSTRUCTIONS = Set.of(0xe2, 0xe4, 0xe6, 0xf2, 0xca);
    /** A chip has room for the bookkeeping of so many. */
    private static final int MOST_ISD_PS = 32;

    private static final int FREE_VOLATILE_MEMORY = 8192;

    /** The card after a command, and what it answers. */
    record Result(CardState next, CardSession session, ResponseApdu answer) {}

    private final CardState state;
    private final CardSession session;

    IsdR(CardState state, CardSession session) {
        this.state = state;
        this.session = session;
    }

    /** The card after several commands, and its answers, one for each executed command. */
    record Run(CardState next, CardSession session, List<ResponseApdu> answers) {}

    /** Executes one command after the other, up to the first that is refused. */
    static Run run(CardState state, CardSession session, List<CommandApdu> commands) {
        List<ResponseApdu> answers = new ArrayList<>();
        CardState next = state;
        CardSession nextSession = session;
        for (CommandApdu command : commands) {
            Result result = new IsdR(next, nextSession).execute(command);
            next = result.next();
            nextSession = result.session();
            answers.add(result.answer());
            if (!result.answer().status().isSuccess()) {
                break;
            }
        }
        return new Run(next, nextSession, List.copyOf(answers));
    }

    Result execute(CommandApdu command) {
        if (EuiccCapabilityAudit.asksForResources(command)) {
            return answered(new Resources(state.isdPs().size(), state.freeMemory(), FREE_VOLATILE_MEMORY).encode());
        }
        Optional<GroupMembership.Result> forGroups = state.groups()
                .flatMap(groups -> GroupCommand.parse(command).map(new GroupMembership(state, groups)::execute));
        if (forGroups.isPresent()) {
            return new Result(forGroups.get().next(), session, forGroups.get().answer());
        }
        Optional<PeerCommands.Result> forMoves = PeerTransfer.of(state)
                .flatMap(able -> PeerCommand.parse(command).map(order -> PeerCommands.execute(state, order)));
        if (forMoves.isPresent()) {
            return new Result(forMoves.get().next(), session, forMoves.get().answer());
        }
        Optional<Result> forKeys = new KeyEstablishment(state, session).execute(command);
        if (forKeys.isPresent()) {
            return forKeys.get();
        }
        Optional<Es5Function> function = Es5Function.parse(command);
        return function.isPresent() ? execute(function.get()) : refused(whyNotUnderstood(command, INSTRUCTIONS));
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
            return onIsdP(delete.isdP(), isdP -> masterDelete(isdP, delete));
        }
        if (function instanceof SetFallbackAttribute fallback) {
            return onIsdP(fallback.isdP(), this::setFallback);
        }
        if (function instanceof FinaliseIsdRHandover finalise) {
            return deleteKeys(finalise.ranges());
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
        return memory == 0 || memory > state.freeMemory() || state.isdPs().size() == MOST_ISD_PS
                ? refused(StatusWord.NOT_ENOUGH_MEMORY)
                : changed(state.with(IsdP.created(order.isdP(), memory)), ResponseApdu.success(Octets.ofInts(0)));
    }

    private Result enable(IsdP target) {
        if (target.state() != LifeCycle.DISABLED
                || state.unconfirmedChange().isPresent()
                || state.peer().isLocked(target.aid())) {
            return refused(StatusWord.CONDITIONS_NOT_SATISFIED);
        }
        // What has come from another card is an ordinary profile from now on.
        return state.enabled().pol1().forbidsDisabling()
                ? refused(StatusWord.POL1_FORBIDS)
                : done(ProfileChange.commanded(state.with(state.peer().without(target.aid())), target));
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
        if (isNeeded(target)) {
            return refused(StatusWord.CONDITIONS_NOT_SATISFIED);
        }
        return target.pol1().forbidsDeletion() ? refused(StatusWord.POL1_FORBIDS) : without(target);
    }

    /** Whatever POL1 says; but who signed the token must have the key that the operator put into the profile. */
    private Result masterDelete(IsdP target, MasterDelete order) {
        Optional<SecretOctets> key = target.tokenKey();
        if (key.isEmpty()) {
            return refused(StatusWord.REFERENCE_NOT_FOUND);
        }
        if (!order.isAuthorisedBy(key.get())) {
            return refused(StatusWord.WRONG_DATA);
        }
        return isNeeded(target) ? refused(StatusWord.CONDITIONS_NOT_SATISFIED) : without(target);
    }

    private boolean isNeeded(IsdP target) {
        return target.isEnabled()
                || target.fallback()
                || state.rollBackTo().filter(target.aid()::equals).isPresent();
    }

    /** Whatever was under way with it is over. */
    private Result without(IsdP deleted) {
        return new Result(
                state.without(deleted), session.without(deleted.aid()), ResponseApdu.success(Octets.ofInts(0)));
    }

    private Result setFallback(IsdP target) {
        // A profile that has to go when it is disabled cannot be the one that must stay.
        if (!target.state().holdsProfile()
                || target.pol1().demandsDeletionWhenDisabled()
                || !state.peer().isFree(target.aid())) {
            return refused(StatusWord.CONDITIONS_NOT_SATISFIED);
        }
        return done(state.withIsdPs(isdP -> isdP.withFallback(isdP.aid().equals(target.aid()))));
    }

    /** Whole key sets only, each of them there, and never the last one. */
    private Result deleteKeys(List<FinaliseIsdRHandover.KeyRange> ranges) {
        boolean whole = ranges.stream().allMatch(range -> range.first() == 1 && range.last() >= KeySet.KEYS);
        if (!whole) {
            return refused(StatusWord.WRONG_DATA);
        }
        Set<Integer> versions =
                ranges.stream().map(FinaliseIsdRHandover.KeyRange::version).collect(Collectors.toSet());
        Set<Integer> known = state.keySets().stream().map(KeySet::version).collect(Collectors.toSet());
        if (!known.containsAll(versions)) {
            return refused(StatusWord.REFERENCE_NOT_FOUND);
        }
        return versions.equals(known)
                ? refused(StatusWord.CONDITIONS_NOT_SATISFIED)
                : done(state.withoutKeySets(versions));
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
        return changed(
                obsolete.map(confirmed::without).orElse(confirmed),
                ResponseApdu.success(NotificationConfirmation.encodeDeleted(
                        obsolete.map(IsdP::aid).stream().toList())));
    }

    private static boolean hasToGo(IsdP disabled) {
        return disabled.pol1().demandsDeletionWhenDisabled()
                && !disabled.pol1().forbidsDeletion()
                && !disabled.fallback();
    }

    /** The fault of a command that none of the functions is, where {@code instructions} are the codes of them all. */
    static StatusWord whyNotUnderstood(CommandApdu command, Set<Integer> instructions) {
        if (command.cla() != CLA) {
            return StatusWord.CLA_NOT_SUPPORTED;
        }
        return instructions.contains(command.ins()) ? StatusWord.WRONG_DATA : StatusWord.INS_NOT_SUPPORTED;
    }

    private Result refused(StatusWord status) {
        return changed(state, ResponseApdu.of(status));
    }

    private Result answered(Octets data) {
        return changed(state, ResponseApdu.success(data));
    }

    private Result done(CardState next) {
        return changed(next, ResponseApdu.of(StatusWord.SUCCESS));
    }

    private Result changed(CardState next, ResponseApdu answer) {
        return new Result(next, session, answer);
    }
}

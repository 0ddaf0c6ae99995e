package io.godwit.simulator.card;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.es5.Notification;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Iccid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * All that a card keeps when it has no power. Whoever holds one may trust that exactly one profile is enabled, that exactly
 * one is there to fall back to, and that a roll-back has somewhere to go.
 *
 * @param keySets of the ISD-R, one a version; the first is the one that the latest command was secured with, and protects
 *     what the card says by itself: the SM-SR has it
 * @param freeMemory octets of non-volatile memory that no ISD-P has been granted
 * @param lastSequence of the latest notification; 0 before the first
 * @param pending notifications not confirmed yet, the oldest first: at most a declaration and a profile change
 * @param rollBackTo the profile enabled before an unconfirmed change
 * @param refreshPending whether the change of profile waits for the REFRESH
 * @param groups what the group extension keeps; empty: the card does not have it
 * @param extensionKey of the group extension; empty: it has none of its own
 * @param ecasd what it agrees on keys with; empty: no profile can be downloaded to it
 * @param peer what it keeps of moves from card to card
 */
public record CardState(
        Eid eid,
        List<KeySet> keySets,
        List<IsdP> isdPs,
        int freeMemory,
        int lastSequence,
        List<Notification> pending,
        Optional<Aid> rollBackTo,
        boolean refreshPending,
        ExecutionLog executions,
        Optional<CardGroups> groups,
        Optional<ExtensionKey> extensionKey,
        Optional<Ecasd> ecasd,
        PeerMemory peer) {

    /** @throws IllegalArgumentException when no card could be in such a state; the message names the fault */
    public CardState {
        requireNonNull(eid, "eid is null");
        keySets = List.copyOf(keySets);
        isdPs = List.copyOf(isdPs);
        pending = List.copyOf(pending);
        requireNonNull(executions, "executions is null");
        requireNonNull(groups, "groups is null");
        requireNonNull(extensionKey, "extensionKey is null");
        requireNonNull(ecasd, "ecasd is null");
        requireNonNull(peer, "peer is null");
        require(extensionKey.isEmpty() || groups.isPresent(), "key of an extension that is not there");
        require(!keySets.isEmpty() && distinct(keySets.stream().map(KeySet::version)) == keySets.size(), "key sets");
        require(distinct(isdPs.stream().map(IsdP::aid)) == isdPs.size(), "AIDs, not all different");
        require(isdPs.stream().filter(IsdP::isEnabled).count() == 1, "enabled profiles, not exactly one");
        require(isdPs.stream().filter(IsdP::fallback).count() == 1, "fall-back attributes, not exactly one");
        require(
                isdPs.stream()
                        .noneMatch(isdP -> isdP.fallback() && !isdP.state().holdsProfile()),
                "fall-back attribute without a profile");
        require(freeMemory >= 0 && lastSequence >>> 16 == 0 && pending.size() <= 2, "numbers");
        List<IsdP> all = isdPs;
        boolean someWhere = rollBackTo
                .map(aid -> all.stream()
                        .anyMatch(isdP -> isdP.aid().equals(aid) && isdP.state().holdsProfile() && !isdP.isEnabled()))
                .orElse(true);
        require(someWhere, "profile to roll back to");
        boolean moves = peer.locked()
                        .map(PeerMemory.Locked::isdP)
                        .map(aid -> isAtRest(all, aid))
                        .orElse(true)
                && peer.pending()
                        .map(PeerMemory.Pending::isdP)
                        .map(aid -> isAtRest(all, aid))
                        .orElse(true);
        require(moves, "profile that moves");
    }

    /** It holds a profile that is disabled, and not the one to fall back to. */
    private static boolean isAtRest(List<IsdP> isdPs, Aid moving) {
        return isdPs.stream()
                .anyMatch(isdP -> isdP.aid().equals(moving)
                        && isdP.state().holdsProfile()
                        && !isdP.isEnabled()
                        && !isdP.fallback());
    }

    private static long distinct(Stream<?> things) {
        return things.distinct().count();
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("card state: " + what);
        }
    }

    public IsdP enabled() {
        return isdPs.stream().filter(IsdP::isEnabled).findFirst().orElseThrow();
    }

    public IsdP fallback() {
        return isdPs.stream().filter(IsdP::fallback).findFirst().orElseThrow();
    }

    public Optional<IsdP> isdP(Aid aid) {
        return isdPs.stream().filter(isdP -> isdP.aid().equals(aid)).findFirst();
    }

    /** The ISD-P with the profile of that number. */
    Optional<IsdP> profile(Iccid iccid) {
        return isdPs.stream()
                .filter(isdP -> isdP.iccid().equals(Optional.of(iccid)))
                .findFirst();
    }

    /** The notification of a profile change that the SM-SR has not confirmed yet. */
    public Optional<Notification> unconfirmedChange() {
        return pending.stream()
                .filter(notification -> notification.type() != NotificationType.EUICC_DECLARATION)
                .findFirst();
    }

    /** With a change of the ISD-P that has this AID. */
    CardState with(Aid aid, UnaryOperator<IsdP> change) {
        return withIsdPs(isdP -> isdP.aid().equals(aid) ? change.apply(isdP) : isdP);
    }

    CardState withIsdPs(UnaryOperator<IsdP> change) {
        return withIsdPs(isdPs.stream().map(change).toList(), freeMemory);
    }

    /** With a new ISD-P, whose memory is not free any more. */
    CardState with(IsdP created) {
        List<IsdP> all = Stream.concat(isdPs.stream(), Stream.of(created)).toList();
        return withIsdPs(all, freeMemory - created.grantedMemory());
    }

    CardState without(IsdP deleted) {
        List<IsdP> left =
                isdPs.stream().filter(isdP -> !isdP.aid().equals(deleted.aid())).toList();
        return with(peer.without(deleted.aid())).withIsdPs(left, freeMemory + deleted.grantedMemory());
    }

    private CardState withIsdPs(List<IsdP> next, int nextFreeMemory) {
        return new CardState(
                eid,
                keySets,
                next,
                nextFreeMemory,
                lastSequence,
                pending,
                rollBackTo,
                refreshPending,
                executions,
                groups,
                extensionKey,
                ecasd,
                peer);
    }

    CardState withAccepted(KeySet used, ExecutionLog.Execution execution) {
        List<KeySet> next = new ArrayList<>();
        for (KeySet keySet : keySets) {
            if (keySet.keys().equals(used.keys())) {
                next.add(0, new KeySet(keySet.keys(), execution.counter()));
            } else {
                next.add(keySet);
            }
        }
        return new CardState(
                eid,
                next,
                isdPs,
                freeMemory,
                lastSequence,
                pending,
                rollBackTo,
                refreshPending,
                executions.plus(execution),
                groups,
                extensionKey,
                ecasd,
                peer);
    }

    /** With the group extension, which then keeps {@code next}. */
    CardState with(CardGroups next) {
        return withGroups(next, executions);
    }

    /** The package of {@code used} that has this counter is executed: it, and all before it, are old now. */
    CardState withAccepted(GroupConfiguration used, Counter counter) {
        CardGroups next = groups.orElseThrow().with(used.notBelow(counter));
        return withGroups(next, executions.plus(new ExecutionLog.GroupExecution(used.tenant(), used.gid(), counter)));
    }

    private CardState withGroups(CardGroups next, ExecutionLog log) {
        return new CardState(
                eid,
                keySets,
                isdPs,
                freeMemory,
                lastSequence,
                pending,
                rollBackTo,
                refreshPending,
                log,
                Optional.of(next),
                extensionKey,
                ecasd,
                peer);
    }

    /** The ECASD has given a random number. */
    CardState with(Ecasd next) {
        return with(keySets, Optional.of(next));
    }

    /**
     * The ISD-R has got a key set, in place of one with the same version.
     *
     * @param alone whether the others are gone
     */
    CardState with(KeySet added, boolean alone) {
        List<KeySet> next = new ArrayList<>();
        if (!alone) {
            keySets.stream().filter(other -> other.version() != added.version()).forEach(next::add);
        }
        next.add(added);
        return with(next, ecasd);
    }

    /** The ISD-R has deleted key sets of those versions. */
    CardState withoutKeySets(Set<Integer> versions) {
        return with(
                keySets.stream()
                        .filter(keySet -> !versions.contains(keySet.version()))
                        .toList(),
                ecasd);
    }

    private CardState with(List<KeySet> nextKeySets, Optional<Ecasd> nextEcasd) {
        return new CardState(
                eid,
                nextKeySets,
                isdPs,
                freeMemory,
                lastSequence,
                pending,
                rollBackTo,
                refreshPending,
                executions,
                groups,
                extensionKey,
                nextEcasd,
                peer);
    }

    CardState withRefreshDone() {
        return new CardState(
                eid,
                keySets,
                isdPs,
                freeMemory,
                lastSequence,
                pending,
                rollBackTo,
                false,
                executions,
                groups,
                extensionKey,
                ecasd,
                peer);
    }

    /** With other moves. */
    CardState with(PeerMemory next) {
        return new CardState(
                eid,
                keySets,
                isdPs,
                freeMemory,
                lastSequence,
                pending,
                rollBackTo,
                refreshPending,
                executions,
                groups,
                extensionKey,
                ecasd,
                next);
    }
}

package io.godwit.provisioning.replacement;

import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.record.Pol2Rule;
import io.godwit.protocol.record.ProfileState;
import io.godwit.provisioning.replacement.Candidates.Card;
import io.godwit.provisioning.replacement.Candidates.Held;
import io.godwit.provisioning.replacement.Candidates.Kind;
import io.godwit.provisioning.replacement.Candidates.Needs;
import io.godwit.provisioning.replacement.Candidates.NewCard;
import io.godwit.provisioning.replacement.Candidates.Platform;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a profile may move from one card to another: what the paper calls the same pre-agreed environment (IV.D), written
 * out. It is asked before a ticket is given, and once more before a card is touched.
 */
public final class Eligibility {
    private Eligibility() {}

    /** The first reason against the move, in a fixed order; empty when there is none. */
    public static Optional<Ineligible> refusal(Candidates candidates) {
        return bothCards(candidates)
                .or(() -> candidates
                        .old()
                        .profile()
                        .map(held -> profile(held, candidates).or(() -> newCard(held.needs(), candidates)))
                        .orElse(Optional.of(Ineligible.PROFILE_NOT_FOUND)));
    }

    /** The reasons against a forced replacement: the old card is not asked, and nothing of it is needed. */
    public static Optional<Ineligible> forForced(Ticket ticket, NewCard fresh, Needs needs) {
        Card card = fresh.card();
        return first(
                        when(!card.tenant().equals(ticket.tenant()), Ineligible.TENANTS_DIFFER),
                        when(!card.registered(), Ineligible.NOT_REGISTERED),
                        when(!card.groups().contains(ticket.gid()), Ineligible.NOT_IN_GROUP),
                        when(card.involved(), Ineligible.IN_REPLACEMENT),
                        when(card.quarantined(), Ineligible.QUARANTINED))
                .or(() -> platform(needs, fresh));
    }

    private static Optional<Ineligible> bothCards(Candidates candidates) {
        Ticket ticket = candidates.ticket();
        Card old = candidates.old().card();
        Card fresh = candidates.fresh().card();
        boolean peer = ticket.mode() == Mode.PEER;
        return first(
                when(
                        !old.tenant().equals(ticket.tenant()) || !fresh.tenant().equals(ticket.tenant()),
                        Ineligible.TENANTS_DIFFER),
                when(old.eid().equals(fresh.eid()), Ineligible.SAME_CARD),
                when(!old.registered() || !fresh.registered(), Ineligible.NOT_REGISTERED),
                when(
                        !old.groups().contains(ticket.gid()) || !fresh.groups().contains(ticket.gid()),
                        Ineligible.NOT_IN_GROUP),
                when(old.involved() || fresh.involved(), Ineligible.IN_REPLACEMENT),
                when(old.quarantined() || fresh.quarantined(), Ineligible.QUARANTINED),
                when(peer && (!old.peerKey() || !fresh.peerKey()), Ineligible.NO_PEER_KEY));
    }

    private static Optional<Ineligible> profile(Held held, Candidates candidates) {
        ProfileState.State state = held.state().state();
        boolean whole = state == ProfileState.State.ENABLED || state == ProfileState.State.DISABLED;
        return first(
                when(!whole || !held.state().iccid().equals(candidates.ticket().iccid()), Ineligible.PROFILE_NOT_FOUND),
                when(!isOfAny(candidates.owners(), held.state().owner()), Ineligible.OWNERS_DIFFER),
                when(held.state().fallbackAttribute(), Ineligible.IS_FALLBACK),
                when(held.kind() == Kind.EMERGENCY, Ineligible.IS_EMERGENCY),
                when(held.kind() == Kind.TEST, Ineligible.IS_TEST),
                when(
                        held.pol1()
                                .filter(pol1 -> pol1.forbidsDisabling() || pol1.forbidsDeletion())
                                .isPresent(),
                        Ineligible.POL1_FORBIDS),
                when(forbidden(held.state()), Ineligible.POL2_FORBIDS));
    }

    /** Where owners are named, a profile that is nobody's stays. */
    private static boolean isOfAny(Optional<Set<ProfileOwner>> owners, @Nullable ProfileOwner owner) {
        return owners.map(named -> owner != null && named.contains(owner)).orElse(true);
    }

    private static boolean forbidden(ProfileState profile) {
        return profile.findPol2().stream()
                .flatMap(rules -> rules.stream())
                .filter(rule -> rule.qualification() == Pol2Rule.Qualification.NOT_ALLOWED)
                .anyMatch(rule -> rule.action() == Pol2Rule.Action.DISABLE || rule.action() == Pol2Rule.Action.DELETE);
    }

    private static Optional<Ineligible> newCard(Needs needs, Candidates candidates) {
        NewCard fresh = candidates.fresh();
        Ticket ticket = candidates.ticket();
        return first(when(fresh.iccids().contains(ticket.iccid()), Ineligible.ICCID_ON_CARD))
                .or(() -> platform(needs, fresh))
                .or(() -> when(
                        !fresh.certificateHash().equals(Optional.of(ticket.certificateHash())),
                        Ineligible.CERTIFICATE_DIFFERS));
    }

    private static Optional<Ineligible> platform(Needs needs, NewCard fresh) {
        Platform platform = fresh.platform();
        boolean serves = platform.services()
                .map(services -> services.containsAll(needs.services()))
                .orElse(true);
        boolean runs = serves
                && (needs.platformTypes().isEmpty()
                        || (needs.platformTypes().contains(platform.type())
                                && platform.version() >= needs.platformVersion()));
        return first(
                when(!runs, Ineligible.ENVIRONMENTS_DIFFER),
                when(
                        fresh.freeMemory().filter(free -> free < needs.octets()).isPresent(),
                        Ineligible.NOT_ENOUGH_MEMORY),
                when(fresh.certificateHash().isEmpty(), Ineligible.NO_ECASD_CERTIFICATE),
                when(fresh.distrust().isPresent(), Ineligible.CARD_NOT_TRUSTED));
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static Optional<Ineligible> first(Optional<Ineligible>... checks) {
        return Stream.of(checks).flatMap(Optional::stream).findFirst();
    }

    private static Optional<Ineligible> when(boolean fails, Ineligible why) {
        return fails ? Optional.of(why) : Optional.empty();
    }
}

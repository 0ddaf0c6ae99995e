package io.godwit.provisioning.intake;

import io.godwit.gsma.certificate.CertificateChain;
import io.godwit.gsma.certificate.CertificateRole;
import io.godwit.gsma.certificate.ChainRefusal;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.protocol.record.RequestRule.Grant;
import io.godwit.provisioning.postgres.CardExtensionTable;
import io.godwit.provisioning.postgres.FleetTable;
import io.godwit.provisioning.postgres.ReplacementTable;
import io.godwit.provisioning.postgres.StockTable;
import io.godwit.provisioning.procedure.Card;
import io.godwit.provisioning.procedure.Eis;
import io.godwit.provisioning.procedure.Profile;
import io.godwit.provisioning.replacement.Candidates;
import io.godwit.provisioning.replacement.Eligibility;
import io.godwit.provisioning.replacement.Ineligible;
import io.godwit.provisioning.replacement.Mode;
import io.godwit.provisioning.replacement.ReplacementInput;
import io.godwit.provisioning.replacement.Ticket;
import io.godwit.provisioning.replacement.TicketId;
import io.godwit.provisioning.request.Judging;
import io.godwit.provisioning.smdp.CardPlatform;
import io.godwit.provisioning.smdp.PackageReading;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What is looked at before a profile moves, read under the locks of both cards. */
final class Candidacy {
    private static final Duration UNTIL_GRANTED = Duration.ofDays(7);

    private final Connection connection;
    private final TenantId tenant;
    private final Circumstances circumstances;
    private final CardBatch batch;
    private final Map<TemplateId, Candidates.Needs> needs = new HashMap<>();

    Candidacy(Connection connection, TenantId tenant, Circumstances circumstances, CardBatch batch) {
        this.connection = connection;
        this.tenant = tenant;
        this.circumstances = circumstances;
        this.batch = batch;
    }

    /** A ticket that nobody has yet, or why there can be none. */
    sealed interface Draft {
        record Drafted(Ticket ticket) implements Draft {}

        record Refused(Ineligible why) implements Draft {}
    }

    /** What a device asks for, as a ticket. */
    Draft draft(ReplacementFact.Asked asked) throws SQLException {
        if (asked.from().equals(asked.to())) {
            return new Draft.Refused(Ineligible.SAME_CARD);
        }
        Optional<Card> old = batch.card(asked.to()).filter(card -> card.active() && card.registered());
        Optional<Card> fresh = batch.card(asked.from()).filter(card -> card.active() && card.registered());
        if (old.isEmpty() || fresh.isEmpty()) {
            return new Draft.Refused(Ineligible.NOT_REGISTERED);
        }
        if (!ReplacementTable.open(connection, tenant, List.of(asked.from(), asked.to()))
                .isEmpty()) {
            return new Draft.Refused(Ineligible.IN_REPLACEMENT);
        }
        Optional<Iccid> iccid = Optional.ofNullable(asked.iccid())
                .or(() ->
                        old.get().eis().enabled().map(profile -> profile.state().iccid()));
        if (iccid.isEmpty()) {
            return new Draft.Refused(Ineligible.PROFILE_NOT_FOUND);
        }
        Optional<CardPlatform> platform = batch.platform(asked.from());
        return platform.isEmpty()
                ? new Draft.Refused(Ineligible.NO_ECASD_CERTIFICATE)
                : new Draft.Drafted(new Ticket(
                        new TicketId(UUID.randomUUID()),
                        Mode.REISSUE,
                        tenant,
                        asked.gid(),
                        asked.to(),
                        asked.from(),
                        old.get().eis().eid(),
                        fresh.get().eis().eid(),
                        hash(platform.get()),
                        iccid.get(),
                        circumstances.now().plus(UNTIL_GRANTED),
                        ReplacementTable.nextCounter(connection)));
    }

    /** The same where nothing is asked of the old card, with all reasons against it. */
    Draft draft(OrderRecord.ForceReplacement order) throws SQLException {
        if (order.old().equals(order.successor())) {
            return new Draft.Refused(Ineligible.SAME_CARD);
        }
        Optional<Card> old = batch.card(order.old()).filter(card -> card.active() && card.registered());
        Optional<Card> fresh = batch.card(order.successor()).filter(card -> card.active() && card.registered());
        if (old.isEmpty() || fresh.isEmpty()) {
            return new Draft.Refused(Ineligible.NOT_REGISTERED);
        }
        if (!ReplacementTable.open(connection, tenant, List.of(order.old(), order.successor()))
                .isEmpty()) {
            return new Draft.Refused(Ineligible.IN_REPLACEMENT);
        }
        if (batch.isQuarantined(order.old())) {
            return new Draft.Refused(Ineligible.QUARANTINED);
        }
        Optional<Profile> lost =
                order.iccid() == null ? lost(order.old(), old.get().eis()) : profile(old.get(), order.iccid());
        if (lost.isEmpty()) {
            return new Draft.Refused(Ineligible.PROFILE_NOT_FOUND);
        }
        if (lost.get().isFallback() && !isMeant(lost.get(), order, old.get().eis())) {
            return new Draft.Refused(Ineligible.IS_FALLBACK);
        }
        Optional<CardPlatform> platform = batch.platform(order.successor());
        if (platform.isEmpty()) {
            return new Draft.Refused(Ineligible.NO_ECASD_CERTIFICATE);
        }
        Ticket ticket = new Ticket(
                TicketId.of(order.operation()),
                Mode.FORCED,
                tenant,
                order.gid(),
                order.old(),
                order.successor(),
                old.get().eis().eid(),
                fresh.get().eis().eid(),
                hash(platform.get()),
                lost.get().state().iccid(),
                circumstances.now().plus(UNTIL_GRANTED),
                ReplacementTable.nextCounter(connection));
        Map<Nid, Set<Gid>> groups = FleetTable.groups(connection, tenant, List.of(order.successor()));
        Candidates.Needs needs = needs(order.download().template(), Optional.empty());
        return Eligibility.forForced(ticket, newCard(ticket, fresh.get(), groups, Set.of()), needs)
                .<Draft>map(Draft.Refused::new)
                .orElseGet(() -> new Draft.Drafted(ticket));
    }

    /**
     * Which of its profiles a card that is gone is given up for: the enabled one. A device without a network has often fallen back
     * before it was missed; where what it fell back to is not of the stock, it is the one subscription of the stock that the card
     * holds, if there is one only.
     */
    private Optional<Profile> lost(Nid nid, Eis eis) throws SQLException {
        Optional<Profile> enabled = eis.enabled();
        if (enabled.filter(profile -> !profile.isFallback()).isPresent()) {
            return enabled;
        }
        List<Profile> ours = ofStock(nid, eis);
        return ours.size() == 1 ? Optional.of(ours.get(0)) : enabled;
    }

    /** What a card falls back to is given up where it is named, or the card has no other subscription of ours. */
    private boolean isMeant(Profile fallback, OrderRecord.ForceReplacement order, Eis eis) throws SQLException {
        List<Profile> ours = ofStock(order.old(), eis);
        return ours.contains(fallback) && (order.iccid() != null || ours.size() == 1);
    }

    /** The subscriptions of the stock that this card holds. */
    private List<Profile> ofStock(Nid nid, Eis eis) throws SQLException {
        List<Profile> held = new ArrayList<>();
        for (Profile profile : eis.profiles()) {
            if (StockTable.holder(connection, tenant, profile.state().iccid()).equals(Optional.of(nid))) {
                held.add(profile);
            }
        }
        return held;
    }

    /** The same when it is asked for: what the SM-DP cannot install anew may still go from card to card, if an operator says so. */
    ReplacementInput.Looked first(Ticket ticket) throws SQLException {
        ReplacementInput.Looked looked = look(ticket);
        boolean notOfStock = looked.refusal().equals(Optional.of(Ineligible.NOT_OF_STOCK));
        return notOfStock && look(ticket.in(Mode.PEER)).refusal().isEmpty()
                ? new ReplacementInput.Looked(Optional.empty(), true, looked.enabled())
                : looked;
    }

    /** What both cards, their groups and the SM-DP say to the move. */
    ReplacementInput.Looked look(Ticket ticket) throws SQLException {
        Optional<Card> old = batch.card(ticket.oldNid());
        Optional<Card> fresh = batch.card(ticket.newNid());
        if (old.isEmpty() || fresh.isEmpty()) {
            return new ReplacementInput.Looked(Optional.of(Ineligible.NOT_REGISTERED), false, false);
        }
        Optional<Profile> profile = profile(old.get(), ticket.iccid());
        Optional<StockTable.Held> stocked = StockTable.lock(connection, tenant, ticket.iccid());
        Optional<StockTable.Held> held = stocked.filter(one -> ticket.oldNid().equals(one.nid())
                && (one.successor() == null || ticket.newNid().equals(one.successor())));
        RequestPolicy group = FleetTable.policy(connection, tenant, ticket.gid());
        RequestPolicy tenants = FleetTable.policy(connection, tenant);
        Candidates.Needs needs = needs(stocked.map(one -> one.row().template()), batch.platform(ticket.oldNid()));
        Optional<Ineligible> refusal = Eligibility.refusal(candidates(
                        ticket, old.get(), fresh.get(), profile, needs, Judging.ownersOfMove(group, tenants)))
                .or(() -> held.isEmpty() && ticket.mode() != Mode.PEER
                        ? Optional.of(Ineligible.NOT_OF_STOCK)
                        : Optional.empty());
        Grant grant = Judging.ofMove(group, tenants);
        return new ReplacementInput.Looked(
                refusal.or(() -> grant == Grant.REFUSED ? Optional.of(Ineligible.POLICY_REFUSES) : Optional.empty()),
                grant == Grant.APPROVAL,
                profile.filter(Profile::isEnabled).isPresent());
    }

    /**
     * What a profile takes of a card, by its template in stock, where the placeholders are as long as the secrets, and by the
     * platform that it ran on. Of one that the stock does not know the new card alone can tell.
     */
    private Candidates.Needs needs(Optional<TemplateId> name, Optional<CardPlatform> ranOn) throws SQLException {
        Candidates.Needs known = Candidates.Needs.UNKNOWN;
        if (name.isPresent()) {
            known = needs.get(name.get());
            if (known == null) {
                known = StockTable.template(connection, tenant, name.get())
                        .map(SecretOctets::copyOf)
                        .map(template -> new Candidates.Needs(
                                PackageReading.memory(template), PackageReading.services(template), Set.of(), 0))
                        .orElse(Candidates.Needs.UNKNOWN);
                needs.put(name.get(), known);
            }
        }
        return new Candidates.Needs(
                known.octets(),
                known.services(),
                ranOn.flatMap(CardPlatform::type).map(Set::of).orElse(Set.of()),
                ranOn.flatMap(CardPlatform::version).map(Candidacy::number).orElse(0));
    }

    private Candidates candidates(
            Ticket ticket,
            Card old,
            Card fresh,
            Optional<Profile> profile,
            Candidates.Needs needs,
            Optional<Set<ProfileOwner>> owners)
            throws SQLException {
        Map<Nid, Set<Gid>> groups = FleetTable.groups(connection, tenant, List.of(ticket.oldNid(), ticket.newNid()));
        Set<Nid> involved = new HashSet<>();
        for (ReplacementTable.Part part :
                ReplacementTable.open(connection, tenant, List.of(ticket.oldNid(), ticket.newNid()))) {
            if (!part.ticket().equals(ticket.id())) {
                involved.add(part.oldNid());
                involved.add(part.newNid());
            }
        }
        return new Candidates(
                ticket,
                new Candidates.OldCard(
                        card(ticket.oldNid(), old, groups, involved, hasPeerKey(ticket, old)),
                        profile.map(one -> new Candidates.Held(one.state(), kind(one), one.pol1(), needs))),
                newCard(ticket, fresh, groups, involved),
                owners);
    }

    private Candidates.NewCard newCard(Ticket ticket, Card fresh, Map<Nid, Set<Gid>> groups, Set<Nid> involved)
            throws SQLException {
        Optional<CardPlatform> is = batch.platform(ticket.newNid());
        return new Candidates.NewCard(
                card(ticket.newNid(), fresh, groups, involved, hasPeerKey(ticket, fresh)),
                fresh.eis().profiles().stream().map(one -> one.state().iccid()).collect(Collectors.toSet()),
                new Candidates.Platform(
                        is.flatMap(CardPlatform::type).orElse(""),
                        is.flatMap(CardPlatform::version).map(Candidacy::number).orElse(0),
                        is.flatMap(CardPlatform::services)),
                fresh.eis().freeMemory(),
                is.map(Candidacy::hash),
                is.flatMap(platform -> distrust(fresh, platform)));
    }

    /** Whether the card can sign for itself, and believes our tickets: it has our key for that group. */
    private boolean hasPeerKey(Ticket ticket, Card card) throws SQLException {
        return ticket.mode() == Mode.PEER
                && circumstances.signing().signer().isPresent()
                && card.held(ticket.gid()).isPresent()
                && CardExtensionTable.find(connection, tenant, List.of(card.nid()))
                        .containsKey(card.nid());
    }

    private Candidates.Card card(Nid nid, Card card, Map<Nid, Set<Gid>> groups, Set<Nid> involved, boolean peerKey) {
        return new Candidates.Card(
                tenant,
                card.eis().eid(),
                groups.getOrDefault(nid, Set.of()),
                card.active() && card.registered(),
                involved.contains(nid),
                batch.isQuarantined(nid),
                peerKey);
    }

    private Optional<ChainRefusal> distrust(Card card, CardPlatform platform) {
        return CertificateChain.ofCard(
                platform.ecasd(),
                CertificateRole.ECASD,
                card.eis().eid(),
                platform.eum(),
                circumstances.signing().trust().of(tenant),
                circumstances.now());
    }

    static Optional<Profile> profile(Card card, Iccid iccid) {
        return card.eis().profiles().stream()
                .filter(one -> one.state().iccid().equals(iccid))
                .findFirst();
    }

    private static Candidates.Kind kind(Profile profile) {
        if ("emergency".equals(profile.type())) {
            return Candidates.Kind.EMERGENCY;
        }
        return "test".equals(profile.type()) ? Candidates.Kind.TEST : Candidates.Kind.ORDINARY;
    }

    /** {@code 4.2.1} as a number that rises with the version; what is no version is 0. */
    private static int number(String version) {
        int number = 0;
        String[] parts = version.split("\\.", 4);
        for (int i = 0; i < 3; i++) {
            number = number * 1000
                    + (i < parts.length && parts[i].matches("[0-9]{1,3}") ? Integer.parseInt(parts[i]) : 0);
        }
        return number;
    }

    private static Octets hash(CardPlatform platform) {
        try {
            return Octets.of(MessageDigest.getInstance("SHA-256")
                    .digest(platform.ecasd().encode().toBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}

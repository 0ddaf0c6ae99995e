package io.godwit.provisioning.replacement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.certificate.CertificateRefusal;
import io.godwit.gsma.certificate.ChainRefusal;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.profile.Service;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.body.StepBody.RequestRefused;
import io.godwit.protocol.record.Pol2Rule;
import io.godwit.protocol.record.ProfileState;
import io.godwit.provisioning.replacement.Candidates.Card;
import io.godwit.provisioning.replacement.Candidates.Held;
import io.godwit.provisioning.replacement.Candidates.Kind;
import io.godwit.provisioning.replacement.Candidates.Needs;
import io.godwit.provisioning.replacement.Candidates.NewCard;
import io.godwit.provisioning.replacement.Candidates.OldCard;
import io.godwit.provisioning.replacement.Candidates.Platform;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EligibilityTest {
    /** All is well with it; each test breaks one thing. */
    private static final class Case {
        Mode mode = Mode.REISSUE;
        TenantId oldTenant = new TenantId("acme");
        TenantId newTenant = new TenantId("acme");
        Eid newEid = ticket(Mode.REISSUE).newEid();
        Set<Gid> oldGroups = Set.of(new Gid("meters"), new Gid("cars"));
        Set<Gid> newGroups = Set.of(new Gid("meters"));
        boolean registered = true;
        boolean involved;
        boolean quarantined;
        boolean peerKey;
        boolean held = true;
        ProfileState.State state = ProfileState.State.ENABLED;
        boolean fallback;
        List<Pol2Rule> pol2 = List.of();
        Pol1 pol1 = Pol1.NONE;
        Kind kind = Kind.ORDINARY;
        Optional<Set<ProfileOwner>> owners = Optional.of(Set.of(new ProfileOwner("operator-a")));

        @Nullable
        ProfileOwner owner = new ProfileOwner("operator-a");

        Set<Iccid> iccids = Set.of(Course.SUCCESSOR);
        String platform = "godwit";
        int version = 2;
        Optional<Set<Service>> services = Optional.of(Set.of(Service.USIM, Service.MILENAGE, Service.JAVACARD));
        Optional<Integer> memory = Optional.of(60_000);
        Optional<Octets> certificate = Optional.of(Course.HASH);
        Optional<ChainRefusal> distrust = Optional.empty();

        Candidates build() {
            Ticket ticket = ticket(mode);
            Card old = new Card(oldTenant, ticket.oldEid(), oldGroups, registered, involved, quarantined, peerKey);
            Card fresh = new Card(newTenant, newEid, newGroups, true, false, false, peerKey);
            ProfileState profile = new ProfileState(
                    new Aid("a0000005591010ffffffff8900001000"), ticket.iccid(), state, fallback, pol2, owner);
            Needs needs = new Needs(40_000, Set.of(Service.USIM, Service.MILENAGE), Set.of("godwit"), 2);
            return new Candidates(
                    ticket,
                    new OldCard(
                            old,
                            held ? Optional.of(new Held(profile, kind, Optional.of(pol1), needs)) : Optional.empty()),
                    new NewCard(
                            fresh, iccids, new Platform(platform, version, services), memory, certificate, distrust),
                    owners);
        }

        private static Ticket ticket(Mode mode) {
            return Course.draft(mode, Instant.EPOCH);
        }
    }

    @Test
    void whatFitsMayMove() {
        assertEquals(Optional.empty(), refusal(fits -> {}));
        assertEquals(Optional.empty(), refusal(unknownMemory -> unknownMemory.memory = Optional.empty()));
        assertEquals(Optional.empty(), refusal(unknownServices -> unknownServices.services = Optional.empty()));
        assertEquals(Optional.empty(), refusal(disabled -> disabled.state = ProfileState.State.DISABLED));
        assertEquals(Optional.empty(), refusal(newer -> newer.version = 7));
        assertEquals(Optional.empty(), refusal(everybodys -> {
            everybodys.owners = Optional.empty();
            everybodys.owner = null;
        }));
        assertEquals(
                Optional.empty(),
                refusal(goes -> goes.pol2 =
                        List.of(new Pol2Rule(Pol2Rule.Action.DISABLE, Pol2Rule.Qualification.AUTO_DELETE))));
    }

    /** Each point of the rule for itself. */
    @Test
    void eachFailingPointHasItsOwnCode() {
        Map<Consumer<Case>, Ineligible> table = new LinkedHashMap<>();
        table.put(one -> one.newTenant = new TenantId("other"), Ineligible.TENANTS_DIFFER);
        table.put(one -> one.oldTenant = new TenantId("other"), Ineligible.TENANTS_DIFFER);
        table.put(one -> one.newEid = Case.ticket(Mode.REISSUE).oldEid(), Ineligible.SAME_CARD);
        table.put(one -> one.registered = false, Ineligible.NOT_REGISTERED);
        table.put(one -> one.oldGroups = Set.of(new Gid("cars")), Ineligible.NOT_IN_GROUP);
        table.put(one -> one.newGroups = Set.of(), Ineligible.NOT_IN_GROUP);
        table.put(one -> one.involved = true, Ineligible.IN_REPLACEMENT);
        table.put(one -> one.quarantined = true, Ineligible.QUARANTINED);
        table.put(one -> one.mode = Mode.PEER, Ineligible.NO_PEER_KEY);
        table.put(one -> one.held = false, Ineligible.PROFILE_NOT_FOUND);
        table.put(one -> one.state = ProfileState.State.CREATED, Ineligible.PROFILE_NOT_FOUND);
        table.put(one -> one.owner = new ProfileOwner("operator-b"), Ineligible.OWNERS_DIFFER);
        table.put(one -> one.owner = null, Ineligible.OWNERS_DIFFER);
        table.put(one -> one.fallback = true, Ineligible.IS_FALLBACK);
        table.put(one -> one.kind = Kind.EMERGENCY, Ineligible.IS_EMERGENCY);
        table.put(one -> one.kind = Kind.TEST, Ineligible.IS_TEST);
        table.put(one -> one.pol1 = Pol1.DISABLE_NOT_ALLOWED, Ineligible.POL1_FORBIDS);
        table.put(one -> one.pol1 = Pol1.DELETE_NOT_ALLOWED, Ineligible.POL1_FORBIDS);
        table.put(one -> one.pol2 = notAllowed(Pol2Rule.Action.DISABLE), Ineligible.POL2_FORBIDS);
        table.put(one -> one.pol2 = notAllowed(Pol2Rule.Action.DELETE), Ineligible.POL2_FORBIDS);
        table.put(one -> one.iccids = Set.of(Course.ICCID), Ineligible.ICCID_ON_CARD);
        table.put(one -> one.platform = "another", Ineligible.ENVIRONMENTS_DIFFER);
        table.put(one -> one.version = 1, Ineligible.ENVIRONMENTS_DIFFER);
        table.put(one -> one.services = Optional.of(Set.of(Service.USIM)), Ineligible.ENVIRONMENTS_DIFFER);
        table.put(one -> one.memory = Optional.of(39_999), Ineligible.NOT_ENOUGH_MEMORY);
        table.put(one -> one.certificate = Optional.empty(), Ineligible.NO_ECASD_CERTIFICATE);
        table.put(
                one -> one.distrust = Optional.of(new ChainRefusal("CERT.ECASD", CertificateRefusal.REVOKED)),
                Ineligible.CARD_NOT_TRUSTED);
        table.put(
                one -> one.certificate = Optional.of(Octets.fromHex("cd".repeat(32))), Ineligible.CERTIFICATE_DIFFERS);
        Set<Ineligible> seen = EnumSet.noneOf(Ineligible.class);
        table.forEach((broken, expected) -> {
            assertEquals(Optional.of(expected), refusal(broken));
            seen.add(expected);
        });
        // What the SM-DP has in stock, how often the device has asked and what the policy says is asked where their
        // tables are.
        Set<Ineligible> elsewhere =
                EnumSet.of(Ineligible.NOT_OF_STOCK, Ineligible.TOO_MANY_REQUESTS, Ineligible.POLICY_REFUSES);
        seen.addAll(elsewhere);
        assertEquals(EnumSet.allOf(Ineligible.class), seen);
    }

    @Test
    void aPeerKeyOnBothCardsAllowsThePapersLetter() {
        assertEquals(Optional.empty(), refusal(peer -> {
            peer.mode = Mode.PEER;
            peer.peerKey = true;
        }));
    }

    @Test
    void whereEnvironmentsDifferTheAnswerPointsToFlowD() {
        Set<Ineligible> pointing = EnumSet.of(Ineligible.ENVIRONMENTS_DIFFER, Ineligible.NOT_OF_STOCK);
        for (Ineligible one : Ineligible.values()) {
            assertEquals(
                    pointing.contains(one),
                    new RequestRefused("q-1", one.sentence(), one.name(), null).pointsToFlowD());
            assertEquals(one.name(), one.outcome().code());
            assertEquals(one.sentence(), one.outcome().detail());
        }
        pointing.forEach(one -> assertTrue(one.sentence().contains("flow D")));
    }

    @Test
    void aForcedReplacementAsksForNothingOfTheOldCard() {
        Case fresh = new Case();
        fresh.held = false;
        fresh.quarantined = true;
        fresh.involved = true;
        assertEquals(Optional.empty(), forced(fresh));
        fresh.memory = Optional.of(1);
        assertEquals(Optional.of(Ineligible.NOT_ENOUGH_MEMORY), forced(fresh));
        fresh.newGroups = Set.of();
        assertEquals(Optional.of(Ineligible.NOT_IN_GROUP), forced(fresh));
        fresh.newTenant = new TenantId("other");
        assertEquals(Optional.of(Ineligible.TENANTS_DIFFER), forced(fresh));
    }

    private static Optional<Ineligible> forced(Case one) {
        Needs needs = new Needs(40_000, Set.of(Service.USIM), Set.of(), 0);
        return Eligibility.forForced(Case.ticket(Mode.FORCED), one.build().fresh(), needs);
    }

    private static List<Pol2Rule> notAllowed(Pol2Rule.Action action) {
        return List.of(new Pol2Rule(action, Pol2Rule.Qualification.NOT_ALLOWED));
    }

    private static Optional<Ineligible> refusal(Consumer<Case> breaking) {
        Case one = new Case();
        breaking.accept(one);
        return Eligibility.refusal(one.build());
    }
}

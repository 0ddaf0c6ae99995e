package io.godwit.registry.euicc;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.Problem.FieldError;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.registry.euicc.RegistrationStore.Known;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What is to be done for one registration, decided from what the database knows. */
sealed interface RegistrationPlan {
    /** The EID is new: a new card. */
    record Enrol(Nid nid) implements RegistrationPlan {}

    /** The card was removed, or its registration refused: it is registered anew under its nid. */
    record EnrolAgain(Nid nid) implements RegistrationPlan {}

    /** The card is registered: it gets a new device secret and nothing else. */
    record RenewSecret(Nid nid, String operation) implements RegistrationPlan {}

    /** Nothing is done. */
    record Refuse(Problem problem) implements RegistrationPlan {}

    /** What the database knows of a batch. */
    record Present(Map<Eid, Known> byEid, Set<String> nids, Set<String> groups, Set<String> transportKeys) {}

    /** The card that would be new with this plan. */
    default Optional<Nid> enrolledNid() {
        if (this instanceof Enrol enrol) {
            return Optional.of(enrol.nid());
        }
        return this instanceof EnrolAgain again ? Optional.of(again.nid()) : Optional.empty();
    }

    /** @param freshNid makes a nid where the caller gave none */
    static RegistrationPlan of(Registration registration, Present present, Supplier<Nid> freshNid) {
        Optional<Problem> problem = unknownReference(registration, present);
        if (problem.isPresent()) {
            return new Refuse(problem.get());
        }
        Known known = present.byEid().get(registration.eid());
        if (known == null) {
            if (registration
                    .nid()
                    .map(Nid::value)
                    .filter(present.nids()::contains)
                    .isPresent()) {
                return new Refuse(Problem.conflict("nid", "another card has it; use a free one, or leave it out"));
            }
            return new Enrol(registration.nid().orElseGet(freshNid));
        }
        if (registration.nid().filter(nid -> !nid.equals(known.nid())).isPresent()) {
            return new Refuse(Problem.conflict("nid", "this EID is registered under another nid; leave it out"));
        }
        return known.active() && !known.registration().equals("Refused")
                ? new RenewSecret(known.nid(), known.operation())
                : new EnrolAgain(known.nid());
    }

    private static Optional<Problem> unknownReference(Registration registration, Present present) {
        if (!present.transportKeys().contains(registration.cardKeys().keyId())) {
            return Optional.of(Problem.invalid(
                    "cardKeys", "its kid names no known key; encrypt to the key of GET /v1/transport-keys/sm-sr"));
        }
        List<FieldError> errors = registration.groups().stream()
                .map(Gid::value)
                .filter(gid -> !present.groups().contains(gid))
                .map(gid ->
                        new FieldError("groups", "there is no group " + gid + "; make it with PUT /v1/groups/" + gid))
                .toList();
        return errors.isEmpty() ? Optional.empty() : Optional.of(Problem.invalid(errors));
    }

    /** The refusal for a number that another card has; it does not tell whose that is. */
    static Problem taken(Claims.Claim claim, Eid eid) {
        return claim.kind().equals("eid")
                ? Problem.conflict("eis.eid", eid + " cannot be registered here: it is registered already")
                : Problem.conflict(
                        "eis.profiles", "ICCID " + claim.number() + " cannot be registered here: another card has it");
    }
}

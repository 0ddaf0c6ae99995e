package io.godwit.cli.bench.faults.replacement;

import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.registry.RegistryException;
import io.godwit.cli.scenario.CardComparison;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.ProfileState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What must hold once a struck replacement has ended. Each is waited for; a broken one is a sentence.
 *
 * @param patience how long each wait may take
 * @param iccid of the profile that was to move
 */
record Promises(RegistryClient registry, Duration patience, StruckFleet field, Nid old, Nid successor, Iccid iccid) {
    private static final long POLL_MILLIS = 100;

    /** @param subscriptions how many were on cards before */
    List<String> broken(Ending ending, long subscriptions, String ticket) throws InterruptedException {
        List<String> broken = new ArrayList<>();
        switch (ending) {
            case MOVED -> moved(broken);
            case CANCELLED -> cancelled(broken);
            case GIVEN_UP -> givenUp(broken, ticket);
        }
        if (!until(() -> mismatches().isEmpty())) {
            broken.add("EIS and card differ for " + mismatches());
        }
        List<String> twice = CardComparison.executedTwice(List.of(field.card(old), field.card(successor)));
        if (!twice.isEmpty()) {
            broken.add("a command was executed twice by " + twice);
        }
        // Each subscription is on a card, before as after; of a card that was given up the revoked one is replaced.
        if (!until(() -> field.subscriptionsOnCards() == subscriptions)) {
            broken.add("of " + subscriptions + " subscriptions on cards the stock says "
                    + field.carrier().stock());
        }
        return broken;
    }

    private void moved(List<String> broken) throws InterruptedException {
        if (has(old)) {
            broken.add("the old card has it still");
        }
        attached(successor, "the successor", broken);
        held(iccid, List.of(successor), broken);
    }

    private void cancelled(List<String> broken) throws InterruptedException {
        attached(old, "the old device", broken);
        without(successor, "the successor", broken);
        held(iccid, List.of(old), broken);
    }

    private void givenUp(List<String> broken, String ticket) throws InterruptedException {
        Optional<Iccid> own = field.fleet().downloaded(successor).map(ProfileState::iccid);
        if (own.isEmpty() || own.get().equals(iccid)) {
            broken.add("the successor has no subscription of its own, but " + own);
        } else {
            if (!until(() -> field.card(successor).isAttachedWith(own.get()))) {
                broken.add("the successor is not attached with its own subscription");
            }
            held(own.get(), List.of(successor), broken);
        }
        // The old card has come back, and only the deletion waited for it.
        without(old, "the old card, in quarantine,", broken);
        held(iccid, List.of(), broken);
        if (!until(() -> isOut(registry.replacement(ticket)) && isOut(registry.euicc(old.value())))) {
            broken.add("the old card is without it and still in quarantine");
        }
        List<String> states = registry.subscriptions(field.carrier().template()).stream()
                .filter(one -> one.text("iccid").equals(Optional.of(iccid.digits())))
                .flatMap(one -> one.text("state").stream())
                .toList();
        if (!states.equals(List.of("Revoked"))) {
            broken.add("the subscription of the card that was given up is " + states);
        }
    }

    private static boolean isOut(Json.Obj shown) {
        return shown.find("quarantined").equals(Optional.of(new Json.Bool(false)));
    }

    private void attached(Nid nid, String who, List<String> broken) throws InterruptedException {
        if (!until(() -> field.card(nid).isAttachedWith(iccid))) {
            broken.add(who + " is not attached with the subscription");
        }
    }

    private void without(Nid nid, String who, List<String> broken) throws InterruptedException {
        if (!until(() -> !has(nid))) {
            broken.add(who + " has it still");
        }
    }

    private boolean has(Nid nid) {
        return field.card(nid).profiles().stream()
                .anyMatch(profile -> profile.iccid().equals(iccid));
    }

    private void held(Iccid which, List<Nid> expected, List<String> broken) throws InterruptedException {
        List<String> nids = expected.stream().map(Nid::value).toList();
        if (!until(() -> holders(which).equals(nids))) {
            broken.add("the holders of " + which + " by REST are " + holders(which));
        }
    }

    /** Those of the two: what another replacement has left behind is told of that one. */
    private List<String> mismatches() {
        List<String> mismatches = new ArrayList<>(CardComparison.mismatches(
                registry, field.gid(), field.fleet().process().truth()));
        mismatches.retainAll(List.of(old.value(), successor.value()));
        return mismatches;
    }

    private List<String> holders(Iccid which) {
        return registry.holders(which.digits()).stream()
                .filter(held -> held.text("until").isEmpty())
                .flatMap(held -> held.text("nid").stream())
                .toList();
    }

    private boolean until(BooleanSupplier condition) throws InterruptedException {
        return until(patience, condition);
    }

    /** Whether {@code condition} comes to hold within {@code patience}; a registry that does not answer may still be starting. */
    static boolean until(Duration patience, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                if (condition.getAsBoolean()) {
                    return true;
                }
            } catch (RegistryException e) {
                // Patience has an end.
            }
            Thread.sleep(POLL_MILLIS);
        }
        return false;
    }
}

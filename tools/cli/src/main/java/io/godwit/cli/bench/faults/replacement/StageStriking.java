package io.godwit.cli.bench.faults.replacement;

import io.godwit.cli.bench.faults.Fault;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.protocol.json.Json;
import io.godwit.simulator.fleet.FleetSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Strikes at a replacement that is under way, when REST tells that it has come to a stage at which a strike is due. */
final class StageStriking {
    private final Installation installation;
    private final EnrolledFleet fleet;
    private final FleetSettings settings;
    private final List<StageStrike> left;
    private final List<StageHit> hits = new ArrayList<>();

    /** @param settings with which devices come back */
    StageStriking(Installation installation, EnrolledFleet fleet, FleetSettings settings, List<StageStrike> strikes) {
        this.installation = installation;
        this.fleet = fleet;
        this.settings = settings;
        this.left = new ArrayList<>(strikes);
    }

    /**
     * Carries out what is due at {@code step}, and returns when what was struck is back. A replacement that has ended is not
     * struck: nothing of it could break.
     *
     * @param now the replacement as REST has just told it
     */
    void told(Json.Obj step, Json.Obj now) {
        Optional<StageStrike> due = left.stream()
                .filter(strike -> step.text("stage").equals(Optional.of(strike.stage())))
                .findFirst();
        if (due.isEmpty() || now.text("endedAt").isPresent()) {
            return;
        }
        left.remove(due.get());
        hits.add(new StageHit(due.get(), now.text("stage").orElseThrow()));
        try {
            for (String victim : due.get().victims()) {
                kill(victim);
            }
            Thread.sleep(due.get().downMillis());
            for (String victim : due.get().victims()) {
                restart(victim);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void kill(String victim) throws InterruptedException {
        if (victim.equals(Fault.DEVICES)) {
            fleet.powerCut();
        } else {
            installation.kill(victim);
        }
    }

    private void restart(String victim) throws IOException {
        if (victim.equals(Fault.DEVICES)) {
            fleet.powerUp(settings);
        } else {
            installation.restart(victim);
        }
    }

    /** What has been carried out, in order. */
    List<StageHit> hits() {
        return List.copyOf(hits);
    }
}

package io.godwit.cli.bench.faults.replacement;

import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.registry.RegistryException;
import io.godwit.protocol.json.Json;
import java.util.Optional;

/** Says an operator's word once, when the replacement has come to <i>Installing</i>. */
final class Intervening {
    private static final String STAGE = "Installing";
    private static final int CONFLICT = 409;
    private static final int ATTEMPTS = 600;
    private static final long PERIOD_MILLIS = 100;

    private final RegistryClient registry;
    private final Intervention intervention;
    private final String template;
    private boolean said;
    private boolean accepted;

    /** @param template of which a successor gets a subscription of its own */
    Intervening(RegistryClient registry, Intervention intervention, String template) {
        this.registry = registry;
        this.intervention = intervention;
        this.template = template;
    }

    /**
     * Says it, if this is its moment; a registry that does not answer is asked again.
     *
     * @param now the replacement as REST has just told it
     */
    void told(Json.Obj step, Json.Obj now) {
        if (said || intervention == Intervention.NONE || !step.text("stage").equals(Optional.of(STAGE))) {
            return;
        }
        said = true;
        String ticket = now.text("ticket").orElseThrow();
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                try {
                    say(ticket);
                    accepted = true;
                    return;
                } catch (RegistryException e) {
                    if (e.status() == CONFLICT) {
                        // Too late: the replacement has gone on, and its end is judged as it is.
                        return;
                    }
                    if (e.status() != 0 && e.status() < 500) {
                        throw e;
                    }
                }
                Thread.sleep(PERIOD_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(String ticket) {
        if (intervention == Intervention.CANCEL) {
            registry.cancelReplacement(ticket, "the customer keeps the old device");
        } else {
            registry.forceReplacement(ticket, template);
        }
    }

    /** Whether the registry has taken it; the SM-SR may have been further than it had told. */
    boolean isAccepted() {
        return accepted;
    }
}

package io.godwit.registry.euicc;

import io.godwit.kit.problem.Problem;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a registration came to. */
sealed interface RegistrationResult {
    /**
     * The card is known, or was and has a new secret.
     *
     * @param deviceSecret told now and never again: the MQTT password beside {@code mqttUserName}
     * @param operation under which the registration is reported
     */
    @Schema(name = "Registered")
    record Registered(String nid, String eid, String deviceSecret, String mqttUserName, String operation)
            implements RegistrationResult {
        @Override
        public String toString() {
            return "Registered[nid=" + nid + "]";
        }
    }

    /** Nothing was changed. */
    record Refused(Problem problem) implements RegistrationResult {}
}

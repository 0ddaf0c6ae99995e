package io.godwit.gsma.es5;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A function of ES5, the interface from the SM-SR to the ISD-R (SGP.02 section 4.1.1). The commands go into a
 * {@code CommandScript}; the answers to exactly these commands give the outcome.
 */
public sealed interface Es5Function
        permits CreateIsdP,
                EnableProfile,
                DisableProfile,
                DeleteProfile,
                MasterDelete,
                SetFallbackAttribute,
                FinaliseIsdRHandover,
                EuiccCapabilityAudit,
                NotificationConfirmation {

    /** One or more, to be sent in this order in one script. */
    List<CommandApdu> commands();

    /** Reads the answers to {@link #commands()}, in their order. */
    Es5Outcome outcome(List<ResponseApdu> responses);

    /** The function that {@code command} begins; empty when it is none of these, or malformed. */
    static Optional<Es5Function> parse(CommandApdu command) {
        List<Function<CommandApdu, Optional<? extends Es5Function>>> parsers = List.of(
                CreateIsdP::parse,
                EnableProfile::parse,
                DisableProfile::parse,
                DeleteProfile::parse,
                MasterDelete::parse,
                SetFallbackAttribute::parse,
                FinaliseIsdRHandover::parse,
                EuiccCapabilityAudit::parse,
                NotificationConfirmation::parse);
        for (Function<CommandApdu, Optional<? extends Es5Function>> parser : parsers) {
            Optional<? extends Es5Function> function = parser.apply(command);
            if (function.isPresent()) {
                return Optional.of(function.get());
            }
        }
        return Optional.empty();
    }
}

package io.godwit.provisioning.replacement;

import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.ProfileTarget;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One procedure on one card, ordered by a replacement or a quarantine. A card's orders are applied in the order in which
 * they were made, and one whose id the card has seen is applied no second time.
 *
 * @param by the replacement or quarantine
 * @param id {@code <by>.<number>}
 * @param iccid the profile that it is about
 * @param validUntil when the procedure gives up; it has one outcome in any case
 */
public record CardOrder(String by, String id, Nid nid, Function function, Iccid iccid, Instant validUntil) {
    /** What cards are ordered. */
    public enum Function {
        /** ES5/ES8 download, not enabled at its end. */
        INSTALL(EsFunction.Name.DOWNLOAD_PROFILE),
        /** Of a subscription that no other card has. */
        INSTALL_AND_ENABLE(EsFunction.Name.DOWNLOAD_PROFILE),
        ENABLE(EsFunction.Name.ENABLE_PROFILE),
        /** The fall-back takes over. */
        DISABLE(EsFunction.Name.DISABLE_PROFILE),
        DELETE(EsFunction.Name.DELETE_PROFILE),
        /** With the token of the profile's operator. */
        MASTER_DELETE(EsFunction.Name.MASTER_DELETE),
        /** The card says itself whether it has the profile; what it was sent before is old to it from then on. */
        AUDIT(EsFunction.Name.EUICC_CAPABILITY_AUDIT),
        /** Of the extension: no ticket up to this one is good any more. The card says whether it has the profile. */
        RAISE_FLOOR(null),
        /** Of the extension: the floor, and the lock of this ticket is taken away. */
        UNLOCK(null);

        private final EsFunction.@Nullable Name name;

        Function(EsFunction.@Nullable Name name) {
            this.name = name;
        }

        /** Its name in SGP.02; empty for what only the extension knows. */
        public Optional<EsFunction.Name> sgp02() {
            return Optional.ofNullable(name);
        }
    }

    /**
     * The operation that the card's procedure is for. A download of another subscription is the one that the registry has reserved
     * it for, which is named like the replacement.
     */
    public String operation() {
        return function == Function.INSTALL_AND_ENABLE ? by : id;
    }

    /** Whether the profile is held on that card from the order's arrival: {@link Hold}. */
    public boolean holds() {
        return function != Function.INSTALL_AND_ENABLE;
    }

    /** What the card's procedure carries out; empty for a download, a master delete and what the extension knows. */
    public Optional<EsFunction> toFunction() {
        return switch (function) {
            case ENABLE, DISABLE, DELETE ->
                function.sgp02().map(name -> new EsFunction(name, new ProfileTarget.ByIccid(iccid)));
            case AUDIT -> function.sgp02().map(name -> new EsFunction(name, null));
            default -> Optional.empty();
        };
    }
}

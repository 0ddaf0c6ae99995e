package io.godwit.gsma.grouppackage;

import io.godwit.gsma.es5.DeleteProfile;
import io.godwit.gsma.es5.DisableProfile;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.Es5Function;
import io.godwit.gsma.es5.EuiccCapabilityAudit;
import io.godwit.gsma.es5.SetFallbackAttribute;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** The ES5 functions that a group package may bring, with the operation codes of SGP.02's audit trail. */
public enum GroupFunction {
    ENABLE_PROFILE(0x0200, EnableProfile::new),
    DISABLE_PROFILE(0x0300, DisableProfile::new),
    DELETE_PROFILE(0x0400, DeleteProfile::new),
    EUICC_CAPABILITY_AUDIT(0x0500, isdP -> EuiccCapabilityAudit.ofAll()),
    SET_FALLBACK_ATTRIBUTE(0x0700, SetFallbackAttribute::new);

    private final int code;

    @SuppressWarnings("ImmutableEnumChecker") // references to constructors hold nothing
    private final Function<Aid, Es5Function> onIsdP;

    GroupFunction(int code, Function<Aid, Es5Function> onIsdP) {
        this.code = code;
        this.onIsdP = onIsdP;
    }

    /** Whether it is about one profile; the audit is about the card. */
    public boolean hasTarget() {
        return this != EUICC_CAPABILITY_AUDIT;
    }

    /** The function on the ISD-P that a card has found to be its target; the audit takes no heed of it. */
    public Es5Function on(Aid isdP) {
        return onIsdP.apply(isdP);
    }

    Octets toOctets() {
        return Octets.ofInts(code >> 8, code);
    }

    static Optional<GroupFunction> of(Octets octets) {
        return Arrays.stream(values())
                .filter(function -> function.toOctets().equals(octets))
                .findFirst();
    }
}

package io.godwit.simulator.card;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.es5.Pol1;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Iccid;
import java.util.List;

/** Cards as the tests like them: a bootstrap profile, enabled and fall-back, and two operational ones, disabled. */
final class TestCards {
    static final Eid EID = new Eid("89049032123451234512345678901235");
    static final Aid BOOTSTRAP = SecurityDomains.isdP(0);
    static final Aid FIRST = SecurityDomains.isdP(1);
    static final Aid SECOND = SecurityDomains.isdP(2);
    static final Aid NOBODY = SecurityDomains.isdP(9);

    private TestCards() {}

    static EuiccCard fresh() {
        return fresh(Pol1.NONE);
    }

    static EuiccCard fresh(Pol1 ofFirst) {
        return CardFactory.personalise(
                EID,
                List.of(TestSmSr.KEYS),
                List.of(
                        IsdP.withProfile(0, Iccid.withCheckDigit("8900012345678901000"), 30_000)
                                .withProfileType("bootstrap"),
                        IsdP.withProfile(1, Iccid.withCheckDigit("8900012345678901001"), 40_000)
                                .withPol1(ofFirst),
                        IsdP.withProfile(2, Iccid.withCheckDigit("8900012345678901002"), 50_000)
                                .withProfileType("operational")));
    }
}

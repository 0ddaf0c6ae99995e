package io.godwit.registry.caller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.record.EsFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RightsTest {
    private static final ProfileOwner MNO = new ProfileOwner("mno-1");
    private static final Caller OPERATOR = new Caller(true, false, Optional.empty());
    private static final Caller CARRIER = new Caller(true, false, Optional.of(MNO));
    private static final Caller OWNER = new Caller(false, false, Optional.of(MNO));
    private static final Caller READING_OWNER = new Caller(false, true, Optional.of(MNO));
    private static final Caller VIEWER = new Caller(false, true, Optional.empty());

    /** On one card, and for a group: operator, operator that is an owner too, owner alone. */
    private static final String TABLE = """
            DownloadProfile               any any own | any any no
            EnableProfile                 any any own | any any no
            DisableProfile                any any own | any any no
            DeleteProfile                 any any own | any any no
            MasterDelete                  not own own | not own own
            SetFallbackAttribute          any any no  | any any no
            UpdateConnectivityParameters  any any own | any any no
            UpdatePolicyRules             not own own | not own own
            UpdatePOL1byMNO               not own own | not own own
            eUICCCapabilityAudit          any any no  | any any no
            EstablishISDRKeySet           any any no  | any any no
            """;

    @Test
    void theTableSaysWhoMayOrderWhatOnWhoseProfiles() {
        List<String> rows = new ArrayList<>();
        for (EsFunction.Name name : EsFunction.Name.values()) {
            rows.add("%-29s %-3s %-3s %-3s | %-3s %-3s %s"
                    .formatted(
                            name.literal(),
                            reach(OPERATOR, name, false),
                            reach(CARRIER, name, false),
                            reach(OWNER, name, false),
                            reach(OPERATOR, name, true),
                            reach(CARRIER, name, true),
                            reach(OWNER, name, true)));
            assertEquals(reach(OWNER, name, false), reach(READING_OWNER, name, false), "to read is not to order");
            assertTrue(List.of("no", "not").contains(reach(VIEWER, name, false)));
        }
        assertEquals(TABLE.strip(), String.join("\n", rows));
    }

    private static String reach(Caller caller, EsFunction.Name name, boolean forGroup) {
        Rights.Reach reach = Rights.ofOrder(caller, name, forGroup);
        if (reach instanceof Rights.Reach.Refused refused) {
            assertEquals(403, refused.problem().status());
            assertThrows(ProblemException.class, reach::owner);
            return refused.problem().type().endsWith("not-the-profile-owner") ? "not" : "no";
        }
        if (reach instanceof Rights.Reach.OwnProfiles own) {
            assertEquals(MNO, own.owner());
            assertEquals(MNO, reach.owner());
            return "own";
        }
        assertEquals(null, reach.owner());
        return "any";
    }

    @Test
    void whoManagesCardsOrReadsAllSeesAllAndAnOwnerItsOwn() {
        for (Caller caller : List.of(OPERATOR, CARRIER, READING_OWNER, VIEWER)) {
            assertEquals(Optional.empty(), caller.onlyOwner());
        }
        assertEquals(Optional.of(MNO), OWNER.onlyOwner());
        Caller nobody = new Caller(false, false, Optional.empty());
        assertThrows(ProblemException.class, nobody::onlyOwner, "never all");
        assertThrows(ProblemException.class, OPERATOR::requireOwner);
        assertEquals(MNO, CARRIER.requireOwner());
    }
}

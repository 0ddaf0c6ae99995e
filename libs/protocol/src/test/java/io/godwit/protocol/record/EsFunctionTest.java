package io.godwit.protocol.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EsFunctionTest {
    private static final Aid AID = new Aid("A0000005591010FFFFFFFF8900001200");
    private static final ProfileTarget.ByAid TARGET = new ProfileTarget.ByAid(AID);

    @Test
    void aMasterDeleteIsReadAsItIsWritten() {
        EsFunction function = EsFunction.masterDelete(TARGET, token(1));
        assertEquals(function, EsFunction.fromJson(new Fields(function.toJson())));
    }

    @Test
    void twoTokensNeverLookTheSameAndWithoutOneNothingHasChanged() {
        assertNotEquals(
                EsFunction.masterDelete(TARGET, token(1)).toString(),
                EsFunction.masterDelete(TARGET, token(2)).toString());
        assertEquals(
                "EsFunction[name=ENABLE_PROFILE, target=ByType[type=operational]]",
                new EsFunction(EsFunction.Name.ENABLE_PROFILE, new ProfileTarget.ByType("operational")).toString());
    }

    /** What is hashed of an order is this. */
    @Test
    void whatIsDifferentLooksDifferentWhateverTheFunctionNeeds() {
        List<List<InputData>> pairs = List.of(
                List.of(token(1), token(2)),
                List.of(new SecuredPacket(Octets.ofInts(1, 2)), new SecuredPacket(Octets.ofInts(1, 3))),
                List.of(
                        new PolicyRules(List.of()),
                        new PolicyRules(
                                List.of(new Pol2Rule(Pol2Rule.Action.DELETE, Pol2Rule.Qualification.NOT_ALLOWED)))),
                List.of(connectivity("350103"), connectivity("350104")));
        assertEquals(
                EnumSet.allOf(InputData.Kind.class),
                pairs.stream().map(pair -> pair.get(0).kind()).collect(Collectors.toSet()));
        for (List<InputData> pair : pairs) {
            assertNotEquals(pair.get(0).toString(), pair.get(1).toString());
        }
        assertTrue(
                EsFunction.masterDelete(TARGET, token(1)).toString().contains(", token=DeleteToken["),
                "as it was when there was no other input");
    }

    private static ConnectivityParameters connectivity(String bearer) {
        return new ConnectivityParameters(Optional.empty(), Optional.of(Octets.fromHex(bearer)));
    }

    @Test
    void aTokenGoesWithAMasterDeleteOfAnAidAndWithNothingElse() {
        for (Runnable wrong : new Runnable[] {
            () -> new EsFunction(EsFunction.Name.MASTER_DELETE, TARGET),
            () -> new EsFunction(EsFunction.Name.DELETE_PROFILE, TARGET, token(1)),
            () -> new EsFunction(EsFunction.Name.MASTER_DELETE, new ProfileTarget.ByType("spare"), token(1)),
            () -> new DeleteToken(part(1), part(1), Octets.EMPTY, part(1), part(16)),
            () -> new DeleteToken(part(1), part(17), part(1), part(1), part(16)),
            () -> new DeleteToken(part(1), part(1), part(1), part(1), part(8))
        }) {
            assertThrows(IllegalArgumentException.class, wrong::run);
        }
    }

    @Test
    void whatIsForOneCardIsNoOrderOnAGroup() {
        MalformedRecordException refused = assertThrows(
                MalformedRecordException.class,
                () -> OrderRecord.forMany(EsFunction.masterDelete(TARGET, token(1)), "onRequest"));
        assertTrue(String.valueOf(refused.getMessage()).contains("onRequest"), refused.getMessage());
    }

    @Test
    void connectivityParametersSurviveJsonAndLookDifferent() {
        ConnectivityParameters both = connectivity("0604911032f4", "4703696f740d0401020304");
        for (ConnectivityParameters one : List.of(
                both,
                new ConnectivityParameters(both.sms(), Optional.empty()),
                new ConnectivityParameters(Optional.empty(), both.bearer()))) {
            EsFunction function = EsFunction.updateConnectivityParameters(TARGET, one);
            assertEquals(function, EsFunction.fromJson(new Fields(function.toJson())));
            assertEquals(Optional.of(one), function.connectivity());
        }
        String shown = EsFunction.updateConnectivityParameters(TARGET, both).toString();
        assertNotEquals(
                shown,
                EsFunction.updateConnectivityParameters(TARGET, connectivity("0604911032f4", "4703696f740d0401020305"))
                        .toString());
        assertFalse(shown.contains("01020304"), "a password may be in it");
    }

    @Test
    void connectivityParametersAreBerTlvAndFitOneCommand() {
        String large = "4781b0" + "00".repeat(176);
        for (String wrong : List.of("", "06", "0604911032", "0604911032f400", "068104911032f4", "0000", "1f", "0680")) {
            assertThrows(IllegalArgumentException.class, () -> connectivity(wrong, "4703696f74"), wrong);
            assertThrows(IllegalArgumentException.class, () -> connectivity("0604911032f4", wrong), wrong);
        }
        connectivity("bf2100", large);
        assertThrows(IllegalArgumentException.class, () -> connectivity(large, large));
        assertThrows(
                IllegalArgumentException.class, () -> new ConnectivityParameters(Optional.empty(), Optional.empty()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new EsFunction(EsFunction.Name.UPDATE_CONNECTIVITY_PARAMETERS, TARGET, token(1)));
    }

    private static ConnectivityParameters connectivity(String sms, String bearer) {
        return new ConnectivityParameters(Optional.of(Octets.fromHex(sms)), Optional.of(Octets.fromHex(bearer)));
    }

    private static DeleteToken token(int last) {
        return new DeleteToken(part(1), part(2), part(3), part(4), part(15).plus(Octets.ofInts(last)));
    }

    private static Octets part(int length) {
        return Octets.of(new byte[length]);
    }
}

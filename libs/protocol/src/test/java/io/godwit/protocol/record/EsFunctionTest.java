package io.godwit.protocol.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
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

    private static DeleteToken token(int last) {
        return new DeleteToken(part(1), part(2), part(3), part(4), part(15).plus(Octets.ofInts(last)));
    }

    private static Octets part(int length) {
        return Octets.of(new byte[length]);
    }
}

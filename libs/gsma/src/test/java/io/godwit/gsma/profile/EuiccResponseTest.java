package io.godwit.gsma.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EuiccResponseTest {
    @Test
    void allIsWell() {
        assertSame("3007" + "a005" + "3003" + "800100", EuiccResponse.OK);
        assertTrue(EuiccResponse.OK.isInstalled());
        assertEquals(Optional.empty(), EuiccResponse.OK.firstFault());
    }

    @Test
    void givenUpWithEverythingSaid() {
        PeStatus status =
                new PeStatus(PeStatus.BAD_VALUES, OptionalInt.of(200), OptionalInt.of(7), OptionalInt.of(70_000));
        EuiccResponse response = new EuiccResponse(List.of(status), true, Optional.of("no"));
        assertSame(
                "3019" + "a011" + "300f" + "800103" // bad values
                        + "810200c8" // element 200
                        + "820107" // additional information
                        + "8303011170" // offset
                        + "8100" // given up
                        + "82026e6f",
                response);
        assertFalse(response.isInstalled());
        assertEquals(Optional.of(status), response.firstFault());
    }

    @Test
    void aStatusWordIsAStatus() {
        EuiccResponse response = EuiccResponse.aborted(PeStatus.of(0x6a80));
        assertSame("300a" + "a006" + "3004" + "80026a80" + "8100", response);
    }

    @ParameterizedTest
    @CsvSource({
        "'', MISSING_TAG",
        "3000, MISSING_TAG",
        "3107a0053003800100, UNEXPECTED_TAG",
        "3007a005300380010000, BAD_TAG",
        "3007a00530038001, TRUNCATED",
        "3008a006300480020000, BAD_VALUE",
        "3007a0053003810100, MISSING_TAG",
        "3009a00530038001008500, TRAILING_OCTETS"
    })
    void whatIsNoAnswerIsRefused(String hex, Malformation reason) {
        assertEquals(Parsed.malformed(reason), EuiccResponse.decode(Octets.fromHex(hex)));
    }

    private static void assertSame(String hex, EuiccResponse response) {
        assertEquals(hex, response.encode().toHex());
        assertEquals(Parsed.read(response), EuiccResponse.decode(Octets.fromHex(hex)));
    }
}

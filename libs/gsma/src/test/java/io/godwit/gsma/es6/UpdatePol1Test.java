package io.godwit.gsma.es6;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.es5.Pol1;
import io.godwit.protocol.Octets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpdatePol1Test {
    @Test
    void itsOctets() {
        UpdatePol1 update = new UpdatePol1(Pol1.DELETE_NOT_ALLOWED);
        assertEquals(
                "80e2880006" + "3a0603" + "810102", update.command().encode().toHex());
        assertEquals(Optional.of(update), UpdatePol1.parse(update.command()));
    }

    @Test
    void whatIsNoneIsNotRead() {
        for (String data : new String[] {"3a06048102" + "0200", "3a0503810102", "3a0603820102", "3a06", ""}) {
            assertEquals(
                    Optional.empty(),
                    UpdatePol1.parse(new CommandApdu(0x80, 0xe2, 0x88, 0x00, Octets.fromHex(data))),
                    data);
        }
        CommandApdu command = new UpdatePol1(Pol1.NONE).command();
        assertEquals(Optional.empty(), UpdatePol1.parse(new CommandApdu(0x84, 0xe2, 0x88, 0x00, command.data())));
    }
}

package io.godwit.gsma.aid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.gsma.scp80.Tar;
import io.godwit.protocol.Aid;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecurityDomainsTest {
    @Test
    void theAidOfAnIsdPCarriesItsTar() {
        Aid first = new Aid("A0000005591010FFFFFFFF8900001000");
        assertEquals(first, SecurityDomains.isdP(new Tar(0x10)));
        assertEquals(first, SecurityDomains.isdP(0));
        assertEquals(Optional.of(new Tar(0x10)), SecurityDomains.isdPTar(first));
        assertEquals(new Aid("A0000005591010FFFFFFFF8900FFFF00"), SecurityDomains.isdP(new Tar(0xffff)));
    }

    @Test
    void otherDomainsAreNoIsdP() {
        assertEquals(Optional.empty(), SecurityDomains.isdPTar(SecurityDomains.ISD_R));
        assertEquals(Optional.empty(), SecurityDomains.isdPTar(SecurityDomains.ECASD));
        assertEquals(Optional.empty(), SecurityDomains.isdPTar(new Aid("A000000151000000")));
        assertThrows(IllegalArgumentException.class, () -> SecurityDomains.isdP(SecurityDomains.ISD_R_TAR));
        assertThrows(IllegalArgumentException.class, () -> SecurityDomains.isdP(0x10000));
    }
}

package io.godwit.provisioning.smdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.ProfileBuilder;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.Service;
import io.godwit.gsma.profile.personalisation.ProfileTemplate;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PackageReadingTest {
    private static final SecretOctets NONE = SecretOctets.copyOf(Octets.utf8("no package"));

    @Test
    void aTemplateTakesWhatItsProfilesTake() {
        for (int padding : new int[] {0, 30_000}) {
            ProfilePackage profile = builder().paddedTo(padding).build();
            SecretOctets whole = SecretOctets.copyOf(profile.encode());
            ProfileTemplate.Sound sound = (ProfileTemplate.Sound) ProfileTemplate.blank(profile);
            SecretOctets template = SecretOctets.copyOf(sound.template().encode());
            assertTrue(PackageReading.memory(whole) > padding);
            assertEquals(PackageReading.memory(whole), PackageReading.memory(template));
            assertEquals(Set.of(Service.USIM, Service.MILENAGE), PackageReading.services(template));
        }
        assertEquals(Set.of(), PackageReading.services(NONE));
    }

    @Test
    void pol1IsTheHeaders() {
        Pol1 rules = new Pol1(0x06);
        assertEquals(
                Optional.of(rules),
                PackageReading.pol1(
                        SecretOctets.copyOf(builder().with(rules).build().encode())));
        assertEquals(
                Optional.of(Pol1.NONE),
                PackageReading.pol1(SecretOctets.copyOf(builder().build().encode())));
        assertEquals(Optional.empty(), PackageReading.pol1(NONE));
    }

    private static ProfileBuilder builder() {
        return ProfileBuilder.of(
                Iccid.withCheckDigit("8900090000000000001"),
                new Imsi("001010000000001"),
                SecretOctets.copyOf(Octets.fromHex("01".repeat(16))),
                SecretOctets.copyOf(Octets.fromHex("02".repeat(16))));
    }
}

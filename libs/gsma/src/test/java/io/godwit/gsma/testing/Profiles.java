package io.godwit.gsma.testing;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.ProfileBuilder;
import io.godwit.gsma.profile.ProfileElement;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.install.Installation;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Packages of our own making for tests, sound and spoilt. */
public final class Profiles {
    public static final Iccid ICCID = new Iccid("89000123456789012341");
    public static final Imsi IMSI = new Imsi("001010123456789");
    public static final Octets KI = Octets.fromHex("c0c1c2c3c4c5c6c7c8c9cacbcccdcecf");
    public static final Octets OPC = Octets.fromHex("d0d1d2d3d4d5d6d7d8d9dadbdcdddedf");
    public static final int MEMORY = 256 * 1024;

    private Profiles() {}

    public static ProfileBuilder builder() {
        return ProfileBuilder.of(ICCID, IMSI, SecretOctets.copyOf(KI), SecretOctets.copyOf(OPC))
                .ofType("operational");
    }

    public static List<ProfileElement> elements() {
        return builder().build().elements();
    }

    /** The built package with each element changed, or left out where the change gives null. */
    public static Octets changed(UnaryOperator<ProfileElement> change) {
        List<ProfileElement> changed = new ArrayList<>();
        for (ProfileElement element : elements()) {
            ProfileElement other = change.apply(element);
            if (other != null) {
                changed.add(other);
            }
        }
        return new ProfilePackage(changed).encode();
    }

    /** What installing the whole comes to. */
    public static Installation.State installed(Octets octets) {
        return Installation.start(MEMORY).feed(octets).end().state();
    }
}

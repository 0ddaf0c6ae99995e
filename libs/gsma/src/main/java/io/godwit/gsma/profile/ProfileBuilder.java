package io.godwit.gsma.profile;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.crypto.AesCmac;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes small complete packages of our own, one for each card, for demonstrations and measurements: header, MF, PUK, PIN, a
 * USIM with Milenage, an MNO-SD with SCP80 keys, end. The same input gives the same octets; the codes and keys that are not
 * given are derived from Ki.
 *
 * @param ki K of Milenage, 16 octets
 * @param opc OPc of Milenage, 16 octets
 * @param profileType empty for a package that says none
 * @param atLeast so many octets are reached with files of no meaning, give or take 64; 0 for none
 */
public record ProfileBuilder(
        Iccid iccid,
        Imsi imsi,
        SecretOctets ki,
        SecretOctets opc,
        Optional<String> profileType,
        Pol1 pol1,
        int atLeast) {
    /** The most that {@link #paddedTo} may ask for. */
    public static final int MAX_PADDED = 200_000;

    private static final int KEY_OCTETS = 16;
    private static final int MNO_KEY_SET = 1;

    /** @throws IllegalArgumentException when a key has another length or the size is out of range */
    public ProfileBuilder {
        requireNonNull(iccid, "iccid is null");
        requireNonNull(imsi, "imsi is null");
        requireNonNull(profileType, "profileType is null");
        requireNonNull(pol1, "pol1 is null");
        if (ki.length() != KEY_OCTETS || opc.length() != KEY_OCTETS) {
            throw new IllegalArgumentException("keys: 16 octets expected for Ki and OPc");
        }
        if (atLeast < 0 || atLeast > MAX_PADDED) {
            throw new IllegalArgumentException("atLeast: 0 to 200000 octets expected");
        }
    }

    public static ProfileBuilder of(Iccid iccid, Imsi imsi, SecretOctets ki, SecretOctets opc) {
        return new ProfileBuilder(iccid, imsi, ki, opc, Optional.empty(), Pol1.NONE, 0);
    }

    public ProfileBuilder ofType(String type) {
        return new ProfileBuilder(iccid, imsi, ki, opc, Optional.of(type), pol1, atLeast);
    }

    public ProfileBuilder with(Pol1 rules) {
        return new ProfileBuilder(iccid, imsi, ki, opc, profileType, rules, atLeast);
    }

    public ProfileBuilder paddedTo(int octets) {
        return new ProfileBuilder(iccid, imsi, ki, opc, profileType, pol1, octets);
    }

    /** The keys with which the operator reaches the MNO-SD over the air; the package holds the same. */
    public Scp80Keys mnoKeys() {
        return new Scp80Keys(MNO_KEY_SET, derived("MNO-SD KIc"), derived("MNO-SD KID"));
    }

    /** The key that protects keys which the operator sends to the MNO-SD. */
    public SecretOctets mnoDek() {
        return derived("MNO-SD DEK");
    }

    /** The key with which the operator gives leave to delete the profile (master delete); the package holds the same. */
    public SecretOctets tokenKey() {
        return derived("token verification");
    }

    public ProfilePackage build() {
        BuiltElements parts = new BuiltElements(this);
        List<ProfileElement> elements = new ArrayList<>(parts.upToTheUsim());
        List<ProfileElement> last = parts.fromTheSecurityDomain();
        int size = new ProfilePackage(elements).encode().length()
                + new ProfilePackage(last).encode().length();
        elements.addAll(FillerFiles.of(atLeast - size));
        elements.addAll(last);
        return new ProfilePackage(elements);
    }

    SecretOctets derived(String label) {
        return SecretOctets.copyOf(AesCmac.of(ki, Octets.utf8(label)));
    }

    /** Eight decimal digits in ASCII. */
    SecretOctets derivedCode(String label) {
        Octets mac = AesCmac.of(ki, Octets.utf8(label));
        int[] digits = new int[8];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = '0' + mac.at(i) % 10;
        }
        return SecretOctets.copyOf(Octets.ofInts(digits));
    }
}

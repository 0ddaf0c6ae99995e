package io.godwit.gsma.profile.personalisation;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.Imsi;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.security.auth.Destroyable;

/**
 * What makes a template the profile of one subscription: its identifiers, the operator credentials (SGP.01) and codes. Its
 * secrets are its own: {@link #destroy()} wipes them.
 *
 * @param pins by key reference (TS 102 221 table 9.3), eight octets each: {@link #PIN1}, {@link #PIN2}, {@link #ADM1}. A PIN
 *     that a template has for several directories gets this value in all of them
 * @param puks by key reference: {@link #PUK1}, {@link #PUK2}
 * @param mnoSd the keys of the MNO-SD
 */
public record SubscriptionData(
        Iccid iccid,
        Imsi imsi,
        Aka aka,
        Map<Integer, SecretOctets> pins,
        Map<Integer, SecretOctets> puks,
        List<KeySet> mnoSd,
        Optional<Cdma> cdma)
        implements Destroyable {
    public static final int PIN1 = 1;
    /** The second PIN of an application is a local one. */
    public static final int PIN2 = 0x81;

    public static final int ADM1 = 10;
    public static final int PUK1 = 1;
    public static final int PUK2 = 0x81;

    private static final int CODE_OCTETS = 8;

    /** @throws IllegalArgumentException when a code has not eight octets, or is all zero, which is its placeholder */
    public SubscriptionData {
        requireNonNull(iccid, "iccid is null");
        requireNonNull(imsi, "imsi is null");
        requireNonNull(aka, "aka is null");
        requireNonNull(cdma, "cdma is null");
        pins = Map.copyOf(pins);
        puks = Map.copyOf(puks);
        mnoSd = List.copyOf(mnoSd);
        pins.values().forEach(pin -> requireCode("pin", pin));
        puks.values().forEach(puk -> requireCode("puk", puk));
    }

    /** The algorithms of akaParameter. */
    public enum Algorithm {
        MILENAGE(1),
        TUAK(2),
        USIM_TEST(3);

        private final int id;

        Algorithm(int id) {
            this.id = id;
        }

        /** As akaParameter has it. */
        public int id() {
            return id;
        }

        /** Empty for a number that is no algorithm's. */
        public static Optional<Algorithm> of(int id) {
            return Stream.of(values()).filter(algorithm -> algorithm.id == id).findFirst();
        }
    }

    /**
     * How the subscription authenticates.
     *
     * @param k 16 octets, or 32 for TUAK
     * @param opc OPc of 16 octets, TOPc of 32 for TUAK; the test algorithm takes none
     */
    public record Aka(Algorithm algorithm, SecretOctets k, Optional<SecretOctets> opc) implements Destroyable {
        /** @throws IllegalArgumentException when a key has another length than the algorithm's, or is all zero */
        public Aka {
            requireNonNull(algorithm, "algorithm is null");
            boolean tuak = algorithm == Algorithm.TUAK;
            if (k.length() != 16 && !(tuak && k.length() == 32)) {
                throw new IllegalArgumentException("k: 16 octets expected" + (tuak ? ", or 32" : ""));
            }
            requireNotPlaceholder("k", k);
            int expected = tuak ? 32 : algorithm == Algorithm.MILENAGE ? 16 : 0;
            if (opc.map(SecretOctets::length).orElse(0) != expected) {
                throw new IllegalArgumentException(
                        expected == 0 ? "opc: none expected" : "opc: " + expected + " octets expected");
            }
            opc.ifPresent(value -> requireNotPlaceholder("opc", value));
        }

        public static Aka milenage(SecretOctets k, SecretOctets opc) {
            return new Aka(Algorithm.MILENAGE, k, Optional.of(opc));
        }

        public static Aka tuak(SecretOctets k, SecretOctets topc) {
            return new Aka(Algorithm.TUAK, k, Optional.of(topc));
        }

        public static Aka usimTest(SecretOctets k) {
            return new Aka(Algorithm.USIM_TEST, k, Optional.empty());
        }

        @Override
        public void destroy() {
            k.destroy();
            opc.ifPresent(SecretOctets::destroy);
        }

        @Override
        public boolean isDestroyed() {
            return k.isDestroyed();
        }
    }

    /** A key set, by its version number. */
    public record KeySet(int version, List<Key> keys) {
        /** @throws IllegalArgumentException when {@code version} is not one octet */
        public KeySet {
            keys = List.copyOf(keys);
            if (version >>> 8 != 0) {
                throw new IllegalArgumentException("version: one octet expected");
            }
        }
    }

    /**
     * A key, or one component of it.
     *
     * @param id of SCP80: 1 KIc, 2 KID, 3 KIK
     * @param type 80 DES, 88 AES (GPC 2.3.1 table 11-16)
     */
    public record Key(int id, Octets type, SecretOctets value) {
        /** @throws IllegalArgumentException when {@code id} is not one octet, or {@code value} is all zero */
        public Key {
            requireNonNull(type, "type is null");
            if (id >>> 8 != 0) {
                throw new IllegalArgumentException("id: one octet expected");
            }
            requireNotPlaceholder("value", value);
        }
    }

    /** The secrets of a CSIM, as cdmaParameter has them (S.S0053, C.S0016). */
    public record Cdma(
            SecretOctets aKey,
            Optional<SecretOctets> ssd,
            Optional<SecretOctets> hrpd,
            Optional<SecretOctets> simpleIp,
            Optional<SecretOctets> mobileIp) {
        /** @throws IllegalArgumentException when {@code aKey} has not eight octets, or a secret is all zero */
        public Cdma {
            if (aKey.length() != 8) {
                throw new IllegalArgumentException("aKey: 8 octets expected");
            }
            requireNotPlaceholder("aKey", aKey);
            ssd.ifPresent(secret -> requireNotPlaceholder("ssd", secret));
            hrpd.ifPresent(secret -> requireNotPlaceholder("hrpd", secret));
            simpleIp.ifPresent(secret -> requireNotPlaceholder("simpleIp", secret));
            mobileIp.ifPresent(secret -> requireNotPlaceholder("mobileIp", secret));
        }
    }

    public static SubscriptionData of(Iccid iccid, Imsi imsi, Aka aka) {
        return new SubscriptionData(iccid, imsi, aka, Map.of(), Map.of(), List.of(), Optional.empty());
    }

    public SubscriptionData withPin(int keyReference, SecretOctets value) {
        return new SubscriptionData(iccid, imsi, aka, with(pins, keyReference, value), puks, mnoSd, cdma);
    }

    public SubscriptionData withPuk(int keyReference, SecretOctets value) {
        return new SubscriptionData(iccid, imsi, aka, pins, with(puks, keyReference, value), mnoSd, cdma);
    }

    public SubscriptionData withMnoSd(KeySet... keySets) {
        return new SubscriptionData(iccid, imsi, aka, pins, puks, List.of(keySets), cdma);
    }

    public SubscriptionData with(Cdma secrets) {
        return new SubscriptionData(iccid, imsi, aka, pins, puks, mnoSd, Optional.of(secrets));
    }

    /**
     * The octets of a PIN or PUK (TS 102 221 section 9.5.1): its digits, and FF where it is shorter than eight.
     *
     * @throws IllegalArgumentException when {@code digits} are not four to eight decimal digits
     */
    public static SecretOctets code(String digits) {
        if (!digits.matches("[0-9]{4,8}")) {
            throw new IllegalArgumentException("code: 4 to 8 decimal digits expected");
        }
        return SecretOctets.copyOf(
                Octets.utf8(digits).plus(Octets.fromHex("ff".repeat(CODE_OCTETS - digits.length()))));
    }

    /** The secrets by their names in a template. */
    Map<String, SecretOctets> secrets() {
        Map<String, SecretOctets> secrets = new TreeMap<>();
        secrets.put(SecretNames.K, aka.k());
        aka.opc().ifPresent(opc -> secrets.put(SecretNames.OPC, opc));
        pins.forEach((reference, value) -> secrets.put(SecretNames.pin(reference), value));
        puks.forEach((reference, value) -> secrets.put(SecretNames.puk(reference), value));
        for (KeySet set : mnoSd) {
            set.keys()
                    .forEach(key -> secrets.put(
                            SecretNames.key(key.id(), set.version(), key.type().toHex(), SecretNames.MNO_SD),
                            key.value()));
        }
        cdma.ifPresent(one -> {
            secrets.put(SecretNames.A_KEY, one.aKey());
            one.ssd().ifPresent(secret -> secrets.put(SecretNames.SSD, secret));
            one.hrpd().ifPresent(secret -> secrets.put(SecretNames.HRPD, secret));
            one.simpleIp().ifPresent(secret -> secrets.put(SecretNames.SIMPLE_IP, secret));
            one.mobileIp().ifPresent(secret -> secrets.put(SecretNames.MOBILE_IP, secret));
        });
        return secrets;
    }

    @Override
    public void destroy() {
        secrets().values().forEach(SecretOctets::destroy);
    }

    @Override
    public boolean isDestroyed() {
        return aka.isDestroyed();
    }

    /** No secret, and no IMSI, which is a person's. */
    @Override
    public String toString() {
        return "SubscriptionData[iccid=" + iccid + ", " + aka.algorithm() + "]";
    }

    private static Map<Integer, SecretOctets> with(Map<Integer, SecretOctets> codes, int reference, SecretOctets code) {
        Map<Integer, SecretOctets> more = new HashMap<>(codes);
        more.put(reference, code);
        return more;
    }

    private static void requireCode(String name, SecretOctets code) {
        if (code.length() != CODE_OCTETS) {
            throw new IllegalArgumentException(name + ": eight octets expected");
        }
        requireNotPlaceholder(name, code);
    }

    private static void requireNotPlaceholder(String name, SecretOctets secret) {
        if (Placeholder.is(secret.reveal())) {
            throw new IllegalArgumentException(name + ": all zero is the placeholder of a secret, not a secret");
        }
    }
}

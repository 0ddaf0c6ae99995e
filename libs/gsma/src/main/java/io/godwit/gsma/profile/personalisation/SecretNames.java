package io.godwit.gsma.profile.personalisation;

import java.util.Locale;

/** What the secrets are called, where a template tells its places and where a subscription fills them. */
public final class SecretNames {
    static final String K = "K";
    static final String OPC = "OPc";
    static final String A_KEY = "A-Key";
    static final String SSD = "SSD";
    static final String HRPD = "HRPD secret";
    static final String SIMPLE_IP = "Simple IP secret";
    static final String MOBILE_IP = "Mobile IP secret";
    public static final String MNO_SD = "the MNO-SD";

    private static final int ADM1 = 10;
    private static final int LOCAL = 0x80;
    private static final int LAST_PIN = 8;
    private static final int ADM5 = 14;

    private SecretNames() {}

    /** {@code PIN 1}, {@code local PIN 1}, {@code ADM1}, after TS 102 221 table 9.3. */
    public static String pin(int keyReference) {
        int number = keyReference & ~LOCAL;
        boolean local = number != keyReference;
        if (number >= 1 && number <= LAST_PIN) {
            return (local ? "local PIN " : "PIN ") + number;
        }
        if (number >= ADM1 && number <= ADM5) {
            return "ADM" + (number - ADM1 + (local ? 6 : 1));
        }
        return "PIN with key reference " + keyReference;
    }

    /** {@code PUK 1}, {@code local PUK 1}. */
    public static String puk(int keyReference) {
        int number = keyReference & ~LOCAL;
        return (number == keyReference ? "PUK " : "local PUK ") + number;
    }

    /** {@code key 2 of key set 1, type 88, of the MNO-SD}. */
    public static String key(int identifier, int version, String type, String owner) {
        return "key " + identifier + " of key set " + version + ", type " + type.toLowerCase(Locale.ROOT) + ", of "
                + owner;
    }
}

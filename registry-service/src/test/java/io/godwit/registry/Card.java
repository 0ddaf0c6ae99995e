package io.godwit.registry;

import io.godwit.protocol.Eid;
import io.godwit.protocol.Iccid;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/** A virtual card's papers: each made is another one. */
record Card(Eid eid, Iccid bootstrap, Iccid operational) {
    static final String BOOTSTRAP_AID = "A0000005591010FFFFFFFF8900001000";
    static final String OPERATIONAL_AID = "A0000005591010FFFFFFFF8900001100";
    static final String KEY_ID = "test-key";

    private static final AtomicLong SERIAL = new AtomicLong();

    static Card next() {
        long serial = SERIAL.incrementAndGet();
        return new Card(
                Eid.withCheckDigits("89049032" + String.format("%022d", serial)),
                Iccid.withCheckDigit("8900" + String.format("%015d", 2 * serial)),
                Iccid.withCheckDigit("8900" + String.format("%015d", 2 * serial + 1)));
    }

    String eis() {
        return """
                {"eid":"%s","isdR":{"keySets":[{"version":1,"type":"SCP80","counter":0}]},"profiles":[\
                {"iccid":"%s","isdPAid":"%s","state":"Enabled","fallbackAttribute":true,"type":"bootstrap"},\
                {"iccid":"%s","isdPAid":"%s","state":"Disabled","fallbackAttribute":false,"type":"operational","owner":"op"}]}""".formatted(eid, bootstrap, BOOTSTRAP_AID, operational, OPERATIONAL_AID);
    }

    /** Five parts of which only the first has a meaning: the registry reads no other. */
    String cardKeys(String tenant) {
        return cardKeys(tenant, KEY_ID);
    }

    String cardKeys(String tenant, String keyId) {
        String header = "{\"alg\":\"ECDH-ES\",\"enc\":\"A256GCM\",\"kid\":\"" + keyId + "\",\"tenant\":\"" + tenant
                + "\",\"eid\":\"" + eid + "\",\"purpose\":\"sm-sr\"}";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + "..AAAAAAAAAAAAAAAA.c2VjcmV0.AAAAAAAAAAAAAAAAAAAAAA";
    }

    /** A registration, {@code more} being further members with a leading comma. */
    String registration(String tenant, String more) {
        return "{\"eis\":" + eis() + ",\"cardKeys\":\"" + cardKeys(tenant) + "\"" + more + "}";
    }

    String registration(String tenant) {
        return registration(tenant, "");
    }
}

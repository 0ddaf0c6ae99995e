package io.godwit.broker;

/** Literal messages as devices and the SM-SR write them. */
final class Messages {
    private Messages() {}

    static String b1(String nid, int number) {
        return "{\"nid\":\"" + nid + "\",\"gid\":0,\"type\":\"msg\",\"body\":{\"id\":\"b-" + number + "\",\"sequence\":"
                + number + ",\"packet\":\"AQID\"}}";
    }

    static String b2(String nid, int number) {
        return "{\"nid\":\"" + nid + "\",\"gid\":0,\"type\":\"ret(msg)\",\"body\":{\"id\":\"b-" + number
                + "\",\"sequence\":" + number + ",\"status\":\"no-answer\"}}";
    }

    static String d1OfGroup(String gid) {
        return "{\"nid\":0,\"gid\":\"" + gid
                + "\",\"type\":\"trigger\",\"body\":{\"id\":\"d-1\",\"kind\":\"request\",\"reason\":\"test\"}}";
    }

    static String e1(String to, String gid, String from) {
        return "{\"nid\":\"" + to + "\",\"gid\":\"" + gid + "\",\"type\":\"req(" + from
                + ")\",\"body\":{\"id\":\"e-1\"}}";
    }
}

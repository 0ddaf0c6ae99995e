package io.godwit.provisioning.replacement;

import io.godwit.protocol.record.Outcome;

/** Why a profile may not move to a card. The names are stable codes. */
public enum Ineligible {
    TENANTS_DIFFER("the two devices are not of one tenant"),
    SAME_CARD("a card is not its own successor"),
    NOT_REGISTERED("one of the cards is not registered: enrol it with its EIS"),
    NOT_IN_GROUP("both devices have to be members of the group that the request names"),
    IN_REPLACEMENT("one of the cards is in another replacement: wait for its end, or cancel it"),
    TOO_MANY_REQUESTS(
            "the new device has asked too often within a day: wait, or let an operator order the replacement"),
    QUARANTINED("one of the cards has a profile that was revoked: only its deletion goes to it"),
    POLICY_REFUSES("the policy of the group, or the tenant's, lets no profile move to another card: change its moves"),
    PROFILE_NOT_FOUND("the old card has no such profile in the states Disabled or Enabled"),
    OWNERS_DIFFER(
            "the policy of the group, or the tenant's, does not name the profile's owner among its profileOwners"),
    IS_FALLBACK("it is the profile that the old card falls back to: set the attribute on another one first"),
    IS_EMERGENCY("it is an emergency profile, which stays on its card"),
    IS_TEST("it is a test profile, which stays on its card"),
    POL1_FORBIDS("the profile's POL1 does not allow to disable or to delete it: its operator has to change it"),
    POL2_FORBIDS("the profile's POL2 does not allow to disable or to delete it: its operator has to change it"),
    ICCID_ON_CARD("the new card has a profile with that ICCID already: delete it first"),
    ENVIRONMENTS_DIFFER("the new card's platform does not have what the profile needs: add the device and let it ask"
            + " for a profile of its own (flow D)"),
    NOT_ENOUGH_MEMORY("the profile does not fit into the new card's memory: delete a profile, or audit the card"),
    NO_ECASD_CERTIFICATE("the new card's EIS has no certificate of its ECASD: enrol it with one"),
    CARD_NOT_TRUSTED("the new card's certificate is not valid, or was revoked: nothing is encrypted for such a card"),
    CERTIFICATE_DIFFERS("the certificate that the request names is not the one in the new card's EIS"),
    NOT_OF_STOCK("the SM-DP has no subscription of that profile to install it once more: let the device ask for a"
            + " profile of its own (flow D)"),
    NO_PEER_KEY("a profile goes from card to card only between cards with the extension's signing key: use the"
            + " mode Reissue");

    private final String sentence;

    Ineligible(String sentence) {
        this.sentence = sentence;
    }

    /** For people: the cause and, where there is one, the remedy. */
    public String sentence() {
        return sentence;
    }

    public Outcome outcome() {
        return Outcome.failed(name(), sentence);
    }
}

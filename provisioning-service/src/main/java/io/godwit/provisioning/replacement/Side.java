package io.godwit.provisioning.replacement;

/** Which of the two cards. */
public enum Side {
    /** nid1 of the paper: it has the subscription. */
    OLD,
    /** nid2 of the paper: it is to have it. */
    NEW
}

package io.godwit.registry.reuse;

/**
 * A profile that a successor gets of its own, because the device before it was given up.
 *
 * @param nid the successor's
 * @param ticket of the replacement
 */
record Own(String nid, String ticket) {}

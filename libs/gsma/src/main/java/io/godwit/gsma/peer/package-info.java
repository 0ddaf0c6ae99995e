/**
 * A profile goes from one card to another: the paper's E1 and E2 to the letter. An extension of ours between cards that have
 * it. <b>No clause of SGP.02 stands behind any of this</b>: the profile leaves no eUICC there, and no commercial eUICC exports
 * one. The signing key of the card ({@code CERT.EXTENSION}), the SM-SR's key that the card has pinned for its group, and the
 * segments of SCP03t are those that are used elsewhere.
 */
@NullMarked
package io.godwit.gsma.peer;

import org.jspecify.annotations.NullMarked;

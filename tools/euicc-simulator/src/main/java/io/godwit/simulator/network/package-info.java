/**
 * The radio network around a device: which subscription gets attachment and which does not, and a test network that holds
 * nothing of a subscription but the carrier's copy, and so proves that the card has the same.
 */
@NullMarked
package io.godwit.simulator.network;

import org.jspecify.annotations.NullMarked;

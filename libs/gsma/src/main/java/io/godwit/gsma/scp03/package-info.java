/**
 * Secure Channel Protocol 03 of GlobalPlatform (Amendment D), with pseudo-random card challenges (i = 70), which SGP.02
 * requires between SM-DP and ISD-P: who knows the card's sequence counter can write a whole session before the card is
 * heard. Here are the keys, the mutual authentication, the channel's engine and its framing as APDUs;
 * {@link io.godwit.gsma.scp03t} frames the same engine as TLVs.
 *
 * <p>Each state of a channel is a value. To send, receive or refuse makes a new one or none, and never changes the old.
 */
@NullMarked
package io.godwit.gsma.scp03;

import org.jspecify.annotations.NullMarked;

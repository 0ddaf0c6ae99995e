/**
 * Group mode on the card: an extension of our own beside SGP.02, which has no command for more than one card. A group
 * configuration, sent under the card's own keys, pins whom the card obeys; a group package, signed and the same for all
 * members, brings one function; the answer is under the card's own keys again. The octets are in {@code docs/packets.md}.
 */
@NullMarked
package io.godwit.gsma.grouppackage;

import org.jspecify.annotations.NullMarked;

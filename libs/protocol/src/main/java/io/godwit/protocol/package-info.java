/**
 * The message of the ETRI paper, {@code {nid, gid, type, body}}: who it is for, which of the ten steps of Figure 1 it
 * is, its strict codec, and the checked identifiers that the whole product speaks in.
 */
@NullMarked
package io.godwit.protocol;

import org.jspecify.annotations.NullMarked;

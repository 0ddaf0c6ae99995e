/**
 * Authentication and key agreement of a USIM and its home network (3GPP TS 33.102 section 6.3): the algorithms Milenage,
 * TUAK and that of test USIMs, the sequence numbers of both sides, and what each side makes of what the other says.
 */
@NullMarked
package io.godwit.gsma.aka;

import org.jspecify.annotations.NullMarked;

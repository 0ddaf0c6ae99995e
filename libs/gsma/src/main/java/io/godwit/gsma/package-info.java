/** GSMA SGP.02 on the wire, pure: octets in, values out and back; no clock, no random, no I/O. What is not well-formed is a value too ({@link io.godwit.gsma.Parsed}). */
@NullMarked
package io.godwit.gsma;

import org.jspecify.annotations.NullMarked;

/**
 * SCP03t (SGP.02 4.1.3.3): the channel of {@link io.godwit.gsma.scp03} with TLVs in place of APDUs. It carries a profile
 * package from the SM-DP to the ISD-P, cut into segments of up to 1,024 octets.
 */
@NullMarked
package io.godwit.gsma.scp03t;

import org.jspecify.annotations.NullMarked;

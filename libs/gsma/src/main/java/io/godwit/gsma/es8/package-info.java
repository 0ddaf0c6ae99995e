/**
 * What the SM-DP says to an ISD-P through the SM-SR: how both come to a key set that nobody else knows (SGP.02 section
 * 4.1.3). An SM-SR makes itself a new key set on the ISD-R with the same commands.
 */
@NullMarked
package io.godwit.gsma.es8;

import org.jspecify.annotations.NullMarked;

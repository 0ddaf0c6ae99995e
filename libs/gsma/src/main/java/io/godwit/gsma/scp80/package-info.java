/** The secured packet of ETSI TS 102 225 (SCP80) in the form for IP bearers, at the security level SGP.02 fixes. */
@NullMarked
package io.godwit.gsma.scp80;

import org.jspecify.annotations.NullMarked;

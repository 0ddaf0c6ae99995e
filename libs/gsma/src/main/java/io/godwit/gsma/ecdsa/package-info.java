/**
 * ECDSA over NIST P-256 with SHA-256, the one signature of SGP.02's certificates and of our group packages. It goes
 * through the JCA, by the fastest provider that runs here.
 */
@NullMarked
package io.godwit.gsma.ecdsa;

import org.jspecify.annotations.NullMarked;

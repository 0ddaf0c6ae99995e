/**
 * The two kinds of certificate of SGP.02: GlobalPlatform's, which a card can read, and X.509 for those who issue them; and
 * the chains CI to SM-SR and SM-DP, CI to EUM to card. The moment at which a certificate must hold comes from the caller.
 */
@NullMarked
package io.godwit.gsma.certificate;

import org.jspecify.annotations.NullMarked;

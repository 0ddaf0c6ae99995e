/** Where a command goes: the application identifiers and TARs of SGP.02 Annex H. */
@NullMarked
package io.godwit.gsma.aid;

import org.jspecify.annotations.NullMarked;

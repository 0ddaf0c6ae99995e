/** What the operator says to its own security domain in a profile (SGP.02 section 4.1.2). */
@NullMarked
package io.godwit.gsma.es6;

import org.jspecify.annotations.NullMarked;

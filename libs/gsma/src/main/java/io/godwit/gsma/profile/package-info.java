/** Profile packages in the interoperable format (TCA eUICC Profile Package): a sequence of DER profile elements, read and written. */
@NullMarked
package io.godwit.gsma.profile;

import org.jspecify.annotations.NullMarked;

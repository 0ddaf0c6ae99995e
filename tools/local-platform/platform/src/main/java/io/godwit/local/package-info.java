/** The whole platform on one machine: the door that the command line and the tests come through. */
@NullMarked
package io.godwit.local;

import org.jspecify.annotations.NullMarked;

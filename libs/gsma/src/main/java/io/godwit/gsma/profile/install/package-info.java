/** The card's side of a profile package: installs it, piece by piece, into a file system and keys. Pure: a value comes out, and the answer. */
@NullMarked
package io.godwit.gsma.profile.install;

import org.jspecify.annotations.NullMarked;

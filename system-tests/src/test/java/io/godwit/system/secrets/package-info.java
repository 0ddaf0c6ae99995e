/**
 * Looks for secrets where none may be: each secret in all the ways in which it could be written, in whatever a run of the
 * platform leaves behind.
 */
@NullMarked
package io.godwit.system.secrets;

import org.jspecify.annotations.NullMarked;

/** What the SM-SR shows to cards when it agrees with them on keys, and the part of it that is secret. */
@NullMarked
package io.godwit.provisioning.smsr;

import org.jspecify.annotations.NullMarked;

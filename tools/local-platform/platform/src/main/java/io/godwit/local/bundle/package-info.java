/** Programs that travel inside jars and are laid out as files once a machine. */
@NullMarked
package io.godwit.local.bundle;

import org.jspecify.annotations.NullMarked;

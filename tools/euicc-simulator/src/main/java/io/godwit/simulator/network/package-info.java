/** The radio network around a device: which subscription gets attachment and which does not. */
@NullMarked
package io.godwit.simulator.network;

import org.jspecify.annotations.NullMarked;

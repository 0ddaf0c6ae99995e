/** What a broker costs that takes every publish and keeps none: the upper limit for a bridge in the same broker. */
@NullMarked
package io.godwit.acknowledgeonly;

import org.jspecify.annotations.NullMarked;

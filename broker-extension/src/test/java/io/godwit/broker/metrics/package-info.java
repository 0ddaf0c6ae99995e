/** Tests of this room. */
@NullMarked
package io.godwit.broker.metrics;

import org.jspecify.annotations.NullMarked;

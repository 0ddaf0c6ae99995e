/** Tests of this room. */
@NullMarked
package io.godwit.broker.kafka;

import org.jspecify.annotations.NullMarked;

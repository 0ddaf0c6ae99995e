/** Tests of this room. */
@NullMarked
package io.godwit.broker.downlink;

import org.jspecify.annotations.NullMarked;

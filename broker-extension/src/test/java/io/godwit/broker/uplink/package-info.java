/** Tests of this room. */
@NullMarked
package io.godwit.broker.uplink;

import org.jspecify.annotations.NullMarked;

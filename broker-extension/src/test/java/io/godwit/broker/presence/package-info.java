/** Tests of this room. */
@NullMarked
package io.godwit.broker.presence;

import org.jspecify.annotations.NullMarked;

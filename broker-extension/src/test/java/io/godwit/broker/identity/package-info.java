/** Tests of this room. */
@NullMarked
package io.godwit.broker.identity;

import org.jspecify.annotations.NullMarked;

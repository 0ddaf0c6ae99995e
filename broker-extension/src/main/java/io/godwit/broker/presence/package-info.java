/** Which connections this node has, which of them can be served, and what the SM-SR is told of it. */
@NullMarked
package io.godwit.broker.presence;

import org.jspecify.annotations.NullMarked;

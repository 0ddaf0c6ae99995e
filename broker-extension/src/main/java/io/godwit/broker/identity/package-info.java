/** Who a client is: the fleet as this node knows it, and whether a CONNECT is let in. */
@NullMarked
package io.godwit.broker.identity;

import org.jspecify.annotations.NullMarked;

/** One message to many clients: what the ways to do it cost, over a broker that has nothing else to do. */
@NullMarked
package io.godwit.cli.bench.fanout;

import org.jspecify.annotations.NullMarked;

/** Three ways to bring one message to many clients, with nothing else around them, for benchmarks to compare. */
@NullMarked
package io.godwit.fanout;

import org.jspecify.annotations.NullMarked;

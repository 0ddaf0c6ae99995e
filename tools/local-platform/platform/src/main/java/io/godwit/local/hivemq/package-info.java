/** One HiveMQ CE node; asked to run with the Godwit extension, it never runs without it. */
@NullMarked
package io.godwit.local.hivemq;

import org.jspecify.annotations.NullMarked;

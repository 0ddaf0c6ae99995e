/** Flow E under load: how long it takes until a successor is attached, and what that costs. */
@NullMarked
package io.godwit.cli.bench.replacement;

import org.jspecify.annotations.NullMarked;

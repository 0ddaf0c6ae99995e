/** Flow E under {@code kill -9}: a subscription that moves from card to card is never enabled on one that has not the right, and never lost. */
@NullMarked
package io.godwit.cli.bench.faults.replacement;

import org.jspecify.annotations.NullMarked;

/** Flow E under load and under {@code kill -9}: a subscription that moves from card to card is never on two, and never lost. */
@NullMarked
package io.godwit.cli.bench.replacement;

import org.jspecify.annotations.NullMarked;

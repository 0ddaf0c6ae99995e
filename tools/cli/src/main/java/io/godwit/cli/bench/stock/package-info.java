/** Subscriptions that a carrier brings by the hundred thousand: how fast they are taken in stock, and what a crash leaves. */
@NullMarked
package io.godwit.cli.bench.stock;

import org.jspecify.annotations.NullMarked;

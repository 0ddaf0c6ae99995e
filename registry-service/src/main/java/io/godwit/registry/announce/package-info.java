/** The way out: fleet records and orders with their {@code fleetVersion}, through the outbox, to topics that exist. */
@NullMarked
package io.godwit.registry.announce;

import org.jspecify.annotations.NullMarked;

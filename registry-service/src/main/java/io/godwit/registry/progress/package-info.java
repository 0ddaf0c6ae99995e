/**
 * How operations go, live. Each transaction that changes an operation leaves a row that says how it stands; whoever follows the
 * operation is sent those rows in their order, by any replica, from where it stopped before.
 */
@NullMarked
package io.godwit.registry.progress;

import org.jspecify.annotations.NullMarked;

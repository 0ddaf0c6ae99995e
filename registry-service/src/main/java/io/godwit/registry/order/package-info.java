/** Operations: what was asked for, on one card or a group, and what became of it. */
@NullMarked
package io.godwit.registry.order;

import org.jspecify.annotations.NullMarked;

/** How a list of values becomes an array parameter: set-based statements take columns, not rows. */
@NullMarked
package io.godwit.registry.sql;

import org.jspecify.annotations.NullMarked;

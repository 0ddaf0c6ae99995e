/** Lists by keyset: a page holds where the next one begins, so that it costs the same however far a reader has come. */
@NullMarked
package io.godwit.registry.page;

import org.jspecify.annotations.NullMarked;

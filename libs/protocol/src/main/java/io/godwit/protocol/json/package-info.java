/** JSON as values: a strict, bounded reader and a canonical writer over a streaming parser. */
@NullMarked
package io.godwit.protocol.json;

import org.jspecify.annotations.NullMarked;

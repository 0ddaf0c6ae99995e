/**
 * The payloads of {@code fleet}, {@code orders}, {@code events} and of presence and control records: versioned JSON, each
 * type with its reader and writer. Readers ignore members they do not know, so that versions may run side by side.
 */
@NullMarked
package io.godwit.protocol.record;

import org.jspecify.annotations.NullMarked;

/** Errors of an HTTP API as RFC 9457 problem details that name the member at fault and what to do about it. */
@NullMarked
package io.godwit.kit.problem;

import org.jspecify.annotations.NullMarked;

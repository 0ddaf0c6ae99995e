/** What a caller gets: where the components listen, with which credentials, and the one exception that says what to do. */
@NullMarked
package io.godwit.local.access;

import org.jspecify.annotations.NullMarked;

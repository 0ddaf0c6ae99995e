/** TLS on this machine: an authority of its own for tests and for the local platform's listener. Not for production. */
@NullMarked
package io.godwit.local.tls;

import org.jspecify.annotations.NullMarked;

/** What comes encrypted for provisioning: its public keys, and JWEs of which no more than the header is read. */
@NullMarked
package io.godwit.registry.transport;

import org.jspecify.annotations.NullMarked;

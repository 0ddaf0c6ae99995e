/**
 * The key port: card keys come in as JWE, rest encrypted under the tenant's data key, and are in clear only while a slice
 * makes or opens packets. Nothing here is ever printed.
 */
@NullMarked
package io.godwit.provisioning.keys;

import org.jspecify.annotations.NullMarked;

/** Tenants: how a new one comes to be. */
@NullMarked
package io.godwit.registry.tenant;

import org.jspecify.annotations.NullMarked;

/**
 * Where cards, procedures and the fleet are kept: one class a table, set-based SQL, always in a transaction that somebody
 * else has begun for one tenant.
 */
@NullMarked
package io.godwit.provisioning.postgres;

import org.jspecify.annotations.NullMarked;

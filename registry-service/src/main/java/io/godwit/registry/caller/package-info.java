/** Who calls: the tenant, subject and roles of a signed token, and what of it the database is told. */
@NullMarked
package io.godwit.registry.caller;

import org.jspecify.annotations.NullMarked;

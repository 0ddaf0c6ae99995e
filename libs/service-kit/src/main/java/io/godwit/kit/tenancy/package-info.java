/**
 * Whose rows a transaction may see. PostgreSQL decides, by forced row level security on the setting {@code app.tenant}; this
 * room is where that setting is made, for plain JDBC and for pooled connections under an ORM.
 */
@NullMarked
package io.godwit.kit.tenancy;

import org.jspecify.annotations.NullMarked;

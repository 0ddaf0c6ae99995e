/** PostgreSQL from its published binaries: durable, with passwords, with the databases and roles of the services. */
@NullMarked
package io.godwit.local.postgres;

import org.jspecify.annotations.NullMarked;

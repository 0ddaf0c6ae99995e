/**
 * The way in: events of provisioning become what the API shows. A poll is cut by partition and tenant; each slice is one
 * transaction, and where reading goes on is kept in the last of them.
 */
@NullMarked
package io.godwit.registry.ingest;

import org.jspecify.annotations.NullMarked;

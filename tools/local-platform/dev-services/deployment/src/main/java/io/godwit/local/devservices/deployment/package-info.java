/** Starts PostgreSQL and Kafka for a service that is tested or developed, and tells it where they are. */
@NullMarked
package io.godwit.local.devservices.deployment;

import org.jspecify.annotations.NullMarked;

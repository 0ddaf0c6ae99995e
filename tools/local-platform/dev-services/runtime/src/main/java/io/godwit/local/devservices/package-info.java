/** The part of the Dev Services that is on a service's own class path: it decides who provides PostgreSQL and Kafka, we or containers. */
@NullMarked
package io.godwit.local.devservices;

import org.jspecify.annotations.NullMarked;

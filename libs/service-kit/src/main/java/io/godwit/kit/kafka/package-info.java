/** How a service speaks to Kafka: client properties from the service's configuration, with what correctness needs fixed. */
@NullMarked
package io.godwit.kit.kafka;

import org.jspecify.annotations.NullMarked;

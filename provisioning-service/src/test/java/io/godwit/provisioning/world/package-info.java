/** What tests put around the service: virtual devices with real cards, and Kafka as registry and broker would use it. */
@NullMarked
package io.godwit.provisioning.world;

import org.jspecify.annotations.NullMarked;

/** One Kafka node: broker and controller, with a password. */
@NullMarked
package io.godwit.local.kafka;

import org.jspecify.annotations.NullMarked;

/** The main program of the one Kafka process on a developer's machine: it formats its folder once, and then it is a broker and its own controller. */
@NullMarked
package io.godwit.kafkanode;

import org.jspecify.annotations.NullMarked;

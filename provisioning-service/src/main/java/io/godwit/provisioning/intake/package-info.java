/**
 * Where decisions meet the world: records become inputs, decisions become rows, events and messages. The only room that
 * knows Kafka, and the only one that begins transactions.
 */
@NullMarked
package io.godwit.provisioning.intake;

import org.jspecify.annotations.NullMarked;

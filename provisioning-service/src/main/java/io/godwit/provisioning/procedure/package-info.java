/**
 * What happens with one card: the procedure on it, its queue, its EIS. Pure: from a state and an input comes a decision;
 * time, keys and chance are inputs, and nothing here reads a clock, a table or a topic.
 */
@NullMarked
package io.godwit.provisioning.procedure;

import org.jspecify.annotations.NullMarked;

/**
 * A group order in group mode (flow A-C, D-C): when the group's trigger and its one command go out, when to hold, and when
 * to stop. Decisions are functions; what they need is counted by the interpreter. How a member goes its way is the matter of
 * its procedure.
 */
@NullMarked
package io.godwit.provisioning.campaign;

import org.jspecify.annotations.NullMarked;

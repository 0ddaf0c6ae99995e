/**
 * The reuse ledger: which card held which profile, from when to when, and why it moved. Facts come from several cards, each in its own
 * order; the ledger is worked out of all facts of a profile, so that it is the same in whatever order they were read.
 */
@NullMarked
package io.godwit.registry.reuse;

import org.jspecify.annotations.NullMarked;

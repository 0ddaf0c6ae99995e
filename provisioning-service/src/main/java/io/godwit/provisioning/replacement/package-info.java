/**
 * Device replacement (flow E): the right to a subscription moves from an old card to a new one, with at most one card that
 * has it enabled or may enable it. Pure: what happens on two cards comes in as facts, one at a time; orders for cards,
 * messages for devices and news go out as effects.
 *
 * <p>What the rim owes: a replacement's facts are kept until they are folded, under the row's lock; its state and its effects
 * are one transaction; effects for one card keep their order; each order gets exactly one
 * {@link io.godwit.provisioning.replacement.ReplacementInput.OrderEnded}, with a finding that is the card's own word; a
 * {@link io.godwit.provisioning.replacement.Hold} is stored with the first order that comes to the card, and asked when a
 * procedure's turn comes, not only when it is queued. Two open replacements never share a card: a unique index says so where
 * two requests race.
 */
@NullMarked
package io.godwit.provisioning.replacement;

import org.jspecify.annotations.NullMarked;

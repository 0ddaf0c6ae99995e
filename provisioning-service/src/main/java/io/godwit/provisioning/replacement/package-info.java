/**
 * Device replacement (flow E): the right to a subscription moves from an old card to a new one, with at most one card that
 * has it enabled or may enable it. Pure: what happens on two cards comes in as facts, one at a time; orders for cards,
 * messages for devices and news go out as effects.
 */
@NullMarked
package io.godwit.provisioning.replacement;

import org.jspecify.annotations.NullMarked;

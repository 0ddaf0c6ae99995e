/**
 * What the SM-DP has in stock: templates of profiles and subscriptions, which card has got which, and what is left. Their secrets
 * pass through here encrypted and are never read.
 */
@NullMarked
package io.godwit.registry.stock;

import org.jspecify.annotations.NullMarked;

/**
 * Device replacement as an operator sees it: where each stands, and the word that lets it be or not. It is carried out by
 * provisioning; what comes from there is folded by sequence, and what an operator says goes there as an order.
 */
@NullMarked
package io.godwit.registry.replacement;

import org.jspecify.annotations.NullMarked;

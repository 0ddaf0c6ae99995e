/** Requests of cards: the policies that answer them, and those that wait for an operator. */
@NullMarked
package io.godwit.registry.request;

import org.jspecify.annotations.NullMarked;

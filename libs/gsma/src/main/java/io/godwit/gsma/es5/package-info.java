/** ES5, SM-SR to ISD-R: each function one type with its bytes and its typed outcome, and the card's notification. */
@NullMarked
package io.godwit.gsma.es5;

import org.jspecify.annotations.NullMarked;

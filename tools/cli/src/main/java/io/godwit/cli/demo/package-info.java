/** The demonstration: enrol a fleet, order one function for all, watch, compare the EIS with the cards, let one card ask. */
@NullMarked
package io.godwit.cli.demo;

import org.jspecify.annotations.NullMarked;

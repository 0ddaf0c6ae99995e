/** Group mode: one trigger and one command for all, from the order's POST to the last outcome visible by REST. */
@NullMarked
package io.godwit.cli.bench.group;

import org.jspecify.annotations.NullMarked;

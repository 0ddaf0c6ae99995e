/** Single mode: cards enabled one by one, from the order's POST to the last outcome visible by REST. */
@NullMarked
package io.godwit.cli.bench.single;

import org.jspecify.annotations.NullMarked;

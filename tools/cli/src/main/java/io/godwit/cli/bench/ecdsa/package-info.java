/** What a signature costs, by each provider that runs here. */
@NullMarked
package io.godwit.cli.bench.ecdsa;

import org.jspecify.annotations.NullMarked;

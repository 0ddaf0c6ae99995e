/** What connected cards cost that do nothing: memory and processor time of each process. */
@NullMarked
package io.godwit.cli.bench.connections;

import org.jspecify.annotations.NullMarked;

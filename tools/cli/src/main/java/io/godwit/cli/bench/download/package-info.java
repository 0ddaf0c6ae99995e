/** What a server's cryptography of a profile download costs, over the calls that no implementation can do without. */
@NullMarked
package io.godwit.cli.bench.download;

import org.jspecify.annotations.NullMarked;

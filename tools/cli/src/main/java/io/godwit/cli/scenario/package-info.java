/** What demonstration, benchmarks and fault tests share: an enrolled fleet, a watched operation, cards held against EIS. */
@NullMarked
package io.godwit.cli.scenario;

import org.jspecify.annotations.NullMarked;

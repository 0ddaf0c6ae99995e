/** The registry's REST API as a client sees it. */
@NullMarked
package io.godwit.cli.registry;

import org.jspecify.annotations.NullMarked;

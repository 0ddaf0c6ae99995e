/** The whole product on this machine: where its build lies, how its parts are configured, who may call it. */
@NullMarked
package io.godwit.cli.platform;

import org.jspecify.annotations.NullMarked;

/** Flow D under load: thousands of devices that wake at once and all ask. */
@NullMarked
package io.godwit.cli.bench.request;

import org.jspecify.annotations.NullMarked;

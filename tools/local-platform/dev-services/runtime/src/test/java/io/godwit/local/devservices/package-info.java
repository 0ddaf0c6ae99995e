/** Who provides, on which machine. */
@NullMarked
package io.godwit.local.devservices;

import org.jspecify.annotations.NullMarked;

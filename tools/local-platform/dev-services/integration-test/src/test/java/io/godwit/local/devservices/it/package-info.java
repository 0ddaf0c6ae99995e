/** The Dev Services as a service meets them. */
@NullMarked
package io.godwit.local.devservices.it;

import org.jspecify.annotations.NullMarked;

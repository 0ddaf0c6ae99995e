/** Our own services as child JVMs. */
@NullMarked
package io.godwit.local.service;

import org.jspecify.annotations.NullMarked;

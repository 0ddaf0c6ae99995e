/** Tests of this room. */
@NullMarked
package io.godwit.local.service;

import org.jspecify.annotations.NullMarked;

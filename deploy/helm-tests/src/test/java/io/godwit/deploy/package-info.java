/** The Helm chart, held against what it claims. */
@NullMarked
package io.godwit.deploy;

import org.jspecify.annotations.NullMarked;

/** Many things in one request, one a line. */
@NullMarked
package io.godwit.registry.bulk;

import org.jspecify.annotations.NullMarked;

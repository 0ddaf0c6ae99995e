/** What every request passes before a resource sees it. */
@NullMarked
package io.godwit.registry.rim;

import org.jspecify.annotations.NullMarked;

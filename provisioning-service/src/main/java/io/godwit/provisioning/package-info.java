/** provisioning-service: the SM-SR. Here it is put together from its rooms; nothing is decided here. */
@NullMarked
package io.godwit.provisioning;

import org.jspecify.annotations.NullMarked;

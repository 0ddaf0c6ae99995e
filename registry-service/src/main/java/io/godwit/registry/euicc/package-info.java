/** Cards: their registration with the EIS (ES1), one by one and in bulk, and what is known of them. */
@NullMarked
package io.godwit.registry.euicc;

import org.jspecify.annotations.NullMarked;

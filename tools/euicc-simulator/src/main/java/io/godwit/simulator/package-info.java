/** Virtual eUICCs and the devices around them, thousands in one process. */
@NullMarked
package io.godwit.simulator;

import org.jspecify.annotations.NullMarked;

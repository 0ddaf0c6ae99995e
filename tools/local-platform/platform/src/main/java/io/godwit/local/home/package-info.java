/** The one folder that outlives a run: secrets, chosen ports, versions of the data, logs, process records. */
@NullMarked
package io.godwit.local.home;

import org.jspecify.annotations.NullMarked;

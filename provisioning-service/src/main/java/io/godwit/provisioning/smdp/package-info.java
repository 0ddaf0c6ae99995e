/**
 * The SM-DP: who may get a profile, what is agreed on with an ISD-P, and the package as messages under SCP03t. Values and
 * functions; nothing here sends or stores.
 */
@NullMarked
package io.godwit.provisioning.smdp;

import org.jspecify.annotations.NullMarked;

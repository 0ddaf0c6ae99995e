/** Several APDUs in one message: the expanded remote application format of ETSI TS 102 226. */
@NullMarked
package io.godwit.gsma.script;

import org.jspecify.annotations.NullMarked;

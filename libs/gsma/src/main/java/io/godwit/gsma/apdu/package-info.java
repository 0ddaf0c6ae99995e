/** What an SM-SR says to a security domain and hears from it: command and response APDUs (ISO 7816-4). */
@NullMarked
package io.godwit.gsma.apdu;

import org.jspecify.annotations.NullMarked;

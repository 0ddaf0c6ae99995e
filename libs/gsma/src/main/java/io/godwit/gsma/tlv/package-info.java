/** Tag, length, value: BER-TLV as ISO 7816-4 and GlobalPlatform use it, and the data groupings of STORE DATA. */
@NullMarked
package io.godwit.gsma.tlv;

import org.jspecify.annotations.NullMarked;

package io.godwit.gsma.crypto;

import io.godwit.protocol.Octets;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;

/** AES-CMAC (NIST SP 800-38B, RFC 4493). */
public final class AesCmac {
    private AesCmac() {}

    /** All 16 octets of the MAC over {@code parts} one after the other; the key has 16, 24 or 32 octets. */
    public static Octets of(SecretOctets key, Octets... parts) {
        CMac mac = new CMac(AESEngine.newInstance());
        mac.init(key.toKeyParameter());
        for (Octets part : parts) {
            mac.update(part.toBytes(), 0, part.length());
        }
        byte[] out = new byte[16];
        mac.doFinal(out, 0);
        return Octets.of(out);
    }
}

package io.godwit.gsma.ecka;

import io.godwit.gsma.crypto.AesCmac;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Octets;
import java.util.Optional;
import javax.security.auth.Destroyable;

/**
 * The keys that both sides derived. A receipt can only be made or checked here, so never before there are keys. The
 * parts are wiped together with the whole.
 */
public final class EstablishedKeys implements Destroyable {
    /** Octets of each key. */
    public static final int KEY_SIZE = 16;

    private static final int CONTROL_REFERENCE_TEMPLATE = 0xa6;
    private static final int RANDOM = 0x85;

    private final SecretOctets receiptKey;
    private final SecretOctets enc;
    private final SecretOctets mac;
    private final SecretOctets dek;
    private final Optional<Octets> random;

    private EstablishedKeys(SecretOctets all, Optional<Octets> random) {
        this.receiptKey = key(all, 0);
        this.enc = key(all, 1);
        this.mac = key(all, 2);
        this.dek = key(all, 3);
        this.random = random;
    }

    static EstablishedKeys cut(SecretOctets all, Optional<Octets> random) {
        return new EstablishedKeys(all, random);
    }

    private static SecretOctets key(SecretOctets all, int index) {
        return all.slice(index * KEY_SIZE, (index + 1) * KEY_SIZE);
    }

    /** Key 1: K-ENC, or KIc of an SCP80 key set. */
    public SecretOctets enc() {
        return enc;
    }

    /** Key 2: K-MAC, or KID of an SCP80 key set. */
    public SecretOctets mac() {
        return mac;
    }

    /** Key 3: the key that protects other keys. */
    public SecretOctets dek() {
        return dek;
    }

    /**
     * A copy of the three keys as a key set of SCP03; it lives on when this is destroyed.
     *
     * @param keyVersion 30 to 3F
     * @throws IllegalArgumentException when it is not
     */
    public Scp03Keys toScp03Keys(int keyVersion) {
        return new Scp03Keys(keyVersion, enc.copy(), mac.copy(), dek.copy());
    }

    /**
     * The card's proof that it has the keys: AES-CMAC, 16 octets, under the receipt key over the template and DR's TLV.
     *
     * @param template the control reference template, tag A6, exactly as the card got it
     * @throws IllegalArgumentException when it has another tag
     */
    public Octets receipt(Tlv template) {
        if (template.tag() != CONTROL_REFERENCE_TEMPLATE) {
            throw new IllegalArgumentException("template: tag A6 expected");
        }
        Octets drawn = random.map(dr -> new Tlv(RANDOM, dr).encode()).orElse(Octets.EMPTY);
        return AesCmac.of(receiptKey, template.encode(), drawn);
    }

    /** Whether {@code receipt} is the one for {@code template}; a shortened one is none. */
    public boolean confirmedBy(Tlv template, Octets receipt) {
        return receipt(template).equalsInConstantTime(receipt);
    }

    @Override
    public void destroy() {
        receiptKey.destroy();
        enc.destroy();
        mac.destroy();
        dek.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return receiptKey.isDestroyed() && enc.isDestroyed() && mac.isDestroyed() && dek.isDestroyed();
    }

    @Override
    public String toString() {
        return "EstablishedKeys[hidden]";
    }
}

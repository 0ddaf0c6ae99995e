package io.godwit.gsma.peer;

import io.godwit.gsma.crypto.AesCmac;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.crypto.X963Kdf;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.scp03.ChannelState;
import io.godwit.gsma.scp03.SecurityLevel;
import io.godwit.gsma.scp03.SessionKeys;
import io.godwit.gsma.scp03t.Scp03tChannel;
import io.godwit.protocol.Octets;
import javax.security.auth.Destroyable;

/**
 * The keys of one move. The old card's ephemeral key meets two of the new card's: the certified one of its ECASD, so that no
 * other card can have them, and an ephemeral one, so that who learns the first later cannot read what was recorded. X9.63
 * makes four keys of AES-128 of both secrets: for the receipt, to encipher, for the MACs, and one that stays unused.
 */
public final class PeerKeys implements Destroyable {
    private static final int SIZE = 16;
    private static final Octets START = Octets.of(new byte[SIZE]);

    private final SecretOctets receipt;
    private final SessionKeys session;

    private PeerKeys(SecretOctets all) {
        receipt = all.slice(0, SIZE);
        session = new SessionKeys(
                all.slice(SIZE, 2 * SIZE), all.slice(2 * SIZE, 3 * SIZE), all.slice(3 * SIZE, 4 * SIZE));
    }

    /** The old card's, for what was offered. */
    public static PeerKeys ofOld(EcKeyPair ephemeral, PeerOffer offer) {
        return derive(
                ephemeral.agree(offer.ecasd().publicKey()),
                ephemeral.agree(offer.ephemeral()),
                offer.ticket().content());
    }

    /** The new card's. */
    public static PeerKeys ofNew(EcKeyPair ecasd, EcKeyPair ephemeral, EcPublicKey old, TransferTicket ticket) {
        return derive(ecasd.agree(old), ephemeral.agree(old), ticket);
    }

    private static PeerKeys derive(SecretOctets certified, SecretOctets ephemeral, TransferTicket ticket) {
        SecretOctets both =
                SecretOctets.wiping(certified.reveal().plus(ephemeral.reveal()).toBytes());
        SecretOctets all = X963Kdf.derive(both, ticket.sharedInfo(), 4 * SIZE);
        try {
            return new PeerKeys(all);
        } finally {
            certified.destroy();
            ephemeral.destroy();
            both.destroy();
            all.destroy();
        }
    }

    /** The channel of the segments, at its start. */
    Scp03tChannel channel() {
        return Scp03tChannel.resume(
                session, new ChannelState(START, 0, SecurityLevel.C_DECRYPTION_R_ENCRYPTION_C_MAC_R_MAC));
    }

    /** AES-CMAC under the key for the receipt, 16 octets. */
    Octets receiptOver(Octets covered) {
        return AesCmac.of(receipt, covered);
    }

    @Override
    public void destroy() {
        receipt.destroy();
        session.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return receipt.isDestroyed() && session.isDestroyed();
    }

    @Override
    public String toString() {
        return "PeerKeys[hidden]";
    }
}

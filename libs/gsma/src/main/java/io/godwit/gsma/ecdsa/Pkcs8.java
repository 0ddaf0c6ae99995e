package io.godwit.gsma.ecdsa;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.protocol.Octets;
import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** A key pair as a PKCS#8 PrivateKeyInfo (RFC 5208) around an ECPrivateKey (RFC 5915), as in key files. */
public final class Pkcs8 {
    private Pkcs8() {}

    /** The DER, private key in clear: for a file that its owner alone may read. */
    public static Octets encode(EcKeyPair pair) {
        AlgorithmIdentifier onP256 =
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);
        DERBitString point = new DERBitString(pair.publicKey().point().toBytes());
        try {
            ECPrivateKey key = new ECPrivateKey(8 * P256.SIZE, P256.number(pair.reveal()), point, null);
            return Octets.of(new PrivateKeyInfo(onP256, key).getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new IllegalStateException("a private key that cannot be written as DER", e);
        }
    }

    /** Reads a pair; a key on another curve, and a public key that is not the private key's, are bad values. */
    public static Parsed<EcKeyPair> decode(Octets der) {
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(der.toBytes());
            boolean onP256 = info.getPrivateKeyAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                    && SECObjectIdentifiers.secp256r1.equals(
                            info.getPrivateKeyAlgorithm().getParameters());
            if (!onP256) {
                return Parsed.malformed(Malformation.BAD_VALUE);
            }
            ECPrivateKey key = ECPrivateKey.getInstance(info.parsePrivateKey());
            EcKeyPair pair = EcKeyPair.of(P256.fixed(key.getKey()));
            boolean another = key.getPublicKey() != null
                    && !Arrays.equals(
                            key.getPublicKey().getOctets(),
                            pair.publicKey().point().toBytes());
            return another ? Parsed.malformed(Malformation.BAD_VALUE) : Parsed.read(pair);
        } catch (IOException | RuntimeException notSuchAKey) {
            // The ASN.1 library has no one exception for what is not what it should be.
            return Parsed.malformed(Malformation.BAD_VALUE);
        }
    }
}

package io.godwit.provisioning.world;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.certificate.TrustStore;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.ProfileBuilder;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.provisioning.smdp.CardPlatform;
import io.godwit.provisioning.smdp.SmDp;
import io.godwit.provisioning.smsr.SmSr;
import io.godwit.simulator.card.CardFactory;
import io.godwit.simulator.card.CardState;
import io.godwit.simulator.card.Ecasd;
import io.godwit.simulator.card.EuiccCard;
import io.godwit.simulator.fleet.Eum;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** An SM-DP, the CI that it and its cards stand under, and profiles to download; all chance comes from one seed. */
public final class WorldSmDp implements SmDp {
    /** Certificates are valid from here on. */
    public static final Instant BORN = Instant.parse("2026-01-01T00:00:00Z");

    private static final SecureRandom SECURE = new SecureRandom();
    private static final Eum.UnderTestCi PKI = Eum.underTestCi(SECURE, BORN);

    private final Map<Nid, CardPlatform> platforms = new HashMap<>();
    private final Random random;

    public WorldSmDp(Random random) {
        this.random = random;
    }

    /** The SM-SR under the same CI. */
    public SmSr smSr() {
        return new SmSr() {
            @Override
            public Optional<SmSr.Identity> identity() {
                return Optional.of(new SmSr.Identity(PKI.smSrCertificate(), PKI.smSr()));
            }

            @Override
            public SecretOctets ephemeralKey(UUID procedure, int message) {
                byte[] scalar = new byte[32];
                new Random(procedure.hashCode() * 31L + message).nextBytes(scalar);
                scalar[0] = 1;
                return SecretOctets.wiping(scalar);
            }
        };
    }

    /** The same card with an ECASD that the SM-DP knows of. */
    public EuiccCard equip(Nid nid, EuiccCard card) {
        Ecasd ecasd = PKI.eum().equip(card.state().eid(), SECURE, BORN);
        know(nid, ecasd);
        return CardFactory.withEcasd(card, ecasd);
    }

    /** What the EIS of a card says of its ECASD. */
    public void know(Nid nid, CardState card) {
        know(nid, card.ecasd().orElseThrow());
    }

    private void know(Nid nid, Ecasd ecasd) {
        platforms.put(
                nid,
                new CardPlatform(
                        ecasd.certificate(),
                        PKI.eum().certificate(),
                        SecurityDomains.ISD_P_LOAD_FILE,
                        SecurityDomains.ISD_P_MODULE));
    }

    /** The ICCID of profile {@code number}. */
    public static Iccid iccid(int number) {
        return Iccid.withCheckDigit("8900050" + String.format(Locale.ROOT, "%012d", number));
    }

    /** A whole small package with secrets of its own. */
    public static SecretOctets profile(int number) {
        return profile(number, 0);
    }

    /** @param atLeast padded to so many octets */
    public static SecretOctets profile(int number, int atLeast) {
        return SecretOctets.copyOf(
                subscription(number).paddedTo(atLeast).build().encode());
    }

    /** The key with which profile {@code number}'s operator gives leave to delete it. */
    public static SecretOctets tokenKey(int number) {
        return subscription(number).tokenKey();
    }

    private static ProfileBuilder subscription(int number) {
        SecretOctets ki = SecretOctets.copyOf(Octets.utf8(String.format(Locale.ROOT, "Ki%014d", number)));
        SecretOctets opc = SecretOctets.copyOf(Octets.utf8(String.format(Locale.ROOT, "OPc%013d", number)));
        Imsi imsi = new Imsi(String.format(Locale.ROOT, "00101%010d", number));
        return ProfileBuilder.of(iccid(number), imsi, ki, opc).ofType("downloaded");
    }

    @Override
    public Optional<SmDp.Identity> identity() {
        return Optional.of(new SmDp.Identity(PKI.smDpCertificate(), PKI.smDp()));
    }

    @Override
    public Optional<CardPlatform> platform(Nid card) {
        return Optional.ofNullable(platforms.get(card));
    }

    @Override
    public TrustStore trust() {
        return TrustStore.of(List.of(PKI.ci()));
    }

    @Override
    public SecretOctets newEphemeralKey() {
        byte[] scalar = new byte[32];
        random.nextBytes(scalar);
        scalar[0] = 1;
        return SecretOctets.wiping(scalar);
    }

    @Override
    public Octets newHostChallenge() {
        byte[] challenge = new byte[8];
        random.nextBytes(challenge);
        return Octets.of(challenge);
    }
}

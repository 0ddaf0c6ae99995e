package io.godwit.gsma.scp03;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.testing.Openings;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class Scp03ChannelTest {
    private static final Octets CHALLENGE = Octets.fromHex("0102030405060708");
    private static final CommandApdu COMMAND = new CommandApdu(0x80, 0xe2, 0x88, 0, Octets.utf8("update"));

    private final Scp03Keys keys = keysOf(0x30);
    private final MutualAuthentication session =
            MutualAuthentication.of(keys, SecurityDomains.isdP(0), CHALLENGE, new SequenceCounter(7));

    private static Scp03Keys keysOf(int version) {
        return Scp03Keys.of(
                version,
                Octets.utf8("an enc of 16 byt"),
                Octets.utf8("a mac of 16 byte"),
                Octets.utf8("a dek of 16 byte"));
    }

    private Scp03Channel channel(SecurityLevel level) {
        return Scp03Channel.authenticate(session, level).next();
    }

    @ParameterizedTest
    @EnumSource
    void aResumedChannelSaysTheSame(SecurityLevel level) {
        Scp03Channel host = channel(level);
        Scp03Channel card = Openings.value(Scp03Channel.accept(
                session, Scp03Channel.authenticate(session, level).command()));
        for (int i = 0; i < 4; i++) {
            // The process ends here: only the stored state, and the static keys with the challenges, are left.
            SessionKeys again = MutualAuthentication.of(
                            keys,
                            CHALLENGE,
                            session.answer(Octets.of(new byte[10])).cardChallenge(),
                            new SequenceCounter(7))
                    .sessionKeys();
            Scp03Channel resumedHost = Scp03Channel.resume(again, host.state());
            Scp03Channel resumedCard = Scp03Channel.resume(again, card.state());
            assertEquals(host, resumedHost);
            Scp03Channel.Wrapped wrapped = host.wrap(COMMAND);
            assertEquals(wrapped, resumedHost.wrap(COMMAND));
            Scp03Channel.Received received = Openings.value(card.open(wrapped.command()));
            assertEquals(Opening.opened(received), resumedCard.open(wrapped.command()));
            host = wrapped.next();
            card = received.next();
            assertEquals(host.state(), card.state());
            ResponseApdu response = card.protect(ResponseApdu.success(CHALLENGE));
            assertEquals(response, Scp03Channel.resume(again, card.state()).protect(ResponseApdu.success(CHALLENGE)));
            assertEquals(
                    Opening.opened(ResponseApdu.success(CHALLENGE)),
                    Scp03Channel.resume(again, host.state()).unwrap(response));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLongestDataFitsAndOneMoreDoesNot(SecurityLevel level) {
        Scp03Channel channel = channel(level);
        CommandApdu longest = new CommandApdu(0x80, 0xe2, 0, 0, Octets.of(new byte[channel.maxData()]));
        CommandApdu wrapped = channel.wrap(longest).command();
        assertTrue(wrapped.data().length() <= 255);
        assertEquals(longest, Openings.value(channel.open(wrapped)).command());
        CommandApdu longer = new CommandApdu(0x80, 0xe2, 0, 0, Octets.of(new byte[channel.maxData() + 1]));
        assertThrows(IllegalArgumentException.class, () -> channel.wrap(longer));
    }

    @Test
    void commandsComeInTheirOrderAndOnce() {
        Scp03Channel channel = channel(SecurityLevel.C_MAC);
        List<Scp03Channel.Wrapped> two = channel.wrapAll(List.of(COMMAND, COMMAND));
        assertEquals(
                Optional.of(ChannelRefusal.NOT_AUTHENTIC),
                Openings.refusal(channel.open(two.get(1).command())));
        Scp03Channel after = Openings.value(channel.open(two.get(0).command())).next();
        assertEquals(
                Optional.of(ChannelRefusal.NOT_AUTHENTIC),
                Openings.refusal(after.open(two.get(0).command())));
        assertEquals(COMMAND, Openings.value(after.open(two.get(1).command())).command());
    }

    @Test
    void onlyProtectedCommandsOfOneLogicalChannelAreTaken() {
        Scp03Channel channel = channel(SecurityLevel.C_DECRYPTION_C_MAC);
        assertEquals(Opening.refused(ChannelRefusal.MALFORMED), channel.open(COMMAND));
        CommandApdu wrapped = channel.wrap(COMMAND).command();
        for (int length = 0; length < wrapped.data().length(); length++) {
            CommandApdu cut =
                    new CommandApdu(0x84, 0xe2, 0x88, 0, wrapped.data().slice(0, length));
            boolean whole = length >= 8 && (length - 8) % 16 == 0;
            assertEquals(
                    Opening.refused(whole ? ChannelRefusal.NOT_AUTHENTIC : ChannelRefusal.MALFORMED),
                    channel.open(cut));
        }
        for (int cla : new int[] {0x01, 0x40, 0x81, 0x84, 0xc0}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> channel.wrap(new CommandApdu(cla, 0xe2, 0x88, 0, Octets.EMPTY)));
        }
    }

    /** A padding that cannot be, under a right MAC: made by one who has the keys, and refused all the same. */
    @Test
    void aWrongPaddingIsRefused() {
        SecureMessaging bare = new SecureMessaging(
                session.sessionKeys(), new ChannelState(Octets.of(new byte[16]), 0, SecurityLevel.C_MAC));
        Octets header = Octets.fromHex("84e2880018");
        Octets body =
                bare.sealCommand(length -> header, Octets.of(new byte[16])).body();
        SecureMessaging ciphering = new SecureMessaging(
                session.sessionKeys(), new ChannelState(Octets.of(new byte[16]), 0, SecurityLevel.C_DECRYPTION_C_MAC));
        assertEquals(Opening.refused(ChannelRefusal.MALFORMED), ciphering.openCommand(header, body));
        for (String padded : List.of("", "00", "0000000000000000000000000000000000")) {
            assertTrue(Padding.unpad(Octets.fromHex(padded)).isEmpty());
        }
        for (int length = 0; length < 40; length++) {
            Octets clear = Octets.of(new byte[length]);
            assertEquals(0, Padding.pad(clear).length() % 16);
            assertEquals(Optional.of(clear), Padding.unpad(Padding.pad(clear)));
        }
    }

    /** 03 is SCP03's number and an SCP80 key set's version, never that of an SCP03 key set. */
    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x03, 0x2f, 0x40, 0x130})
    void anotherKeyVersionIsNone(int version) {
        assertThrows(IllegalArgumentException.class, () -> keysOf(version));
        assertThrows(IllegalArgumentException.class, () -> new InitializeUpdate(version, CHALLENGE));
        assertEquals(Parsed.malformed(Malformation.BAD_VALUE), InitializeUpdate.of(version, CHALLENGE));
        byte[] answer = session.answer(Octets.of(new byte[10])).encode().toBytes();
        answer[10] = (byte) (version == 0x130 ? 0x03 : version);
        assertEquals(Parsed.malformed(Malformation.BAD_VALUE), InitializeUpdateAnswer.decode(Octets.of(answer)));
    }

    @Test
    void theFirstAndTheLastKeyVersionAreSome() {
        assertEquals(0x30, keysOf(0x30).keyVersion());
        assertEquals(0x3f, keysOf(0x3f).keyVersion());
        assertEquals(
                "80503f0008010203040506070800",
                new InitializeUpdate(0x3f, CHALLENGE).toCommand().encode().toHex());
    }

    @Test
    void anAnswerIsJudgedByAllThatIsKnown() {
        InitializeUpdateAnswer right = session.answer(Octets.utf8("ten octets"));
        assertEquals(MutualAuthentication.Verdict.GENUINE, session.verify(right));
        MutualAuthentication next =
                MutualAuthentication.of(keys, SecurityDomains.isdP(0), CHALLENGE, new SequenceCounter(8));
        assertEquals(MutualAuthentication.Verdict.OTHER_COUNTER, next.verify(right));
        MutualAuthentication elsewhere =
                MutualAuthentication.of(keys, SecurityDomains.isdP(1), CHALLENGE, new SequenceCounter(7));
        assertEquals(MutualAuthentication.Verdict.NOT_GENUINE, elsewhere.verify(right));
        MutualAuthentication otherVersion =
                MutualAuthentication.of(keysOf(0x31), SecurityDomains.isdP(0), CHALLENGE, new SequenceCounter(7));
        assertEquals(MutualAuthentication.Verdict.NOT_GENUINE, otherVersion.verify(right));
    }

    @Test
    void aCounterHasThreeOctetsAndAnEnd() {
        assertEquals("000001", SequenceCounter.ZERO.next().toOctets().toHex());
        assertEquals("ffffff", SequenceCounter.MAX.toOctets().toHex());
        assertThrows(IllegalStateException.class, SequenceCounter.MAX::next);
        assertThrows(IllegalArgumentException.class, () -> new SequenceCounter(1 << 24));
        ChannelState last = new ChannelState(Octets.of(new byte[16]), Integer.MAX_VALUE, SecurityLevel.C_MAC);
        Scp03Channel spent = Scp03Channel.resume(session.sessionKeys(), last);
        assertThrows(IllegalStateException.class, () -> spent.wrap(COMMAND));
        assertThrows(IllegalArgumentException.class, () -> new ChannelState(CHALLENGE, 0, SecurityLevel.C_MAC));
    }

    @Test
    void keysThatAreNoneAreRefused() {
        SecretOctets sixteen = keys.enc();
        SecretOctets longer = SecretOctets.copyOf(Octets.of(new byte[24]));
        SecretOctets none = SecretOctets.copyOf(Octets.of(new byte[15]));
        assertThrows(IllegalArgumentException.class, () -> new Scp03Keys(0x30, sixteen, longer, sixteen));
        assertThrows(IllegalArgumentException.class, () -> new Scp03Keys(0x30, none, none, none));
        assertThrows(IllegalArgumentException.class, () -> new SessionKeys(sixteen, sixteen, longer));
        assertThrows(IllegalArgumentException.class, () -> keys.protectKey(none));
        assertEquals(Parsed.malformed(Malformation.BAD_VALUE), keys.unprotectKey(CHALLENGE, 16));
        assertThrows(
                IllegalArgumentException.class,
                () -> MutualAuthentication.of(keys, CHALLENGE, CHALLENGE.slice(0, 7), SequenceCounter.ZERO));
    }

    @Test
    void nothingShowsASecret() {
        Scp03Channel.Wrapped wrapped = channel(SecurityLevel.C_MAC).wrap(COMMAND);
        List<Object> shown = List.of(
                keys,
                session,
                session.sessionKeys(),
                wrapped,
                wrapped.next().messaging(),
                wrapped.next().messaging().sealCommand(length -> Octets.EMPTY, CHALLENGE),
                wrapped.next().open(wrapped.next().wrap(COMMAND).command()));
        List<Octets> secrets = Stream.of(
                        keys.enc(),
                        keys.mac(),
                        keys.dek(),
                        session.sessionKeys().enc(),
                        session.sessionKeys().mac(),
                        session.sessionKeys().rmac())
                .map(SecretOctets::reveal)
                .toList();
        for (Object object : shown) {
            for (Octets secret : secrets) {
                assertFalse(object.toString().contains(secret.toHex().substring(0, 6)), object.toString());
            }
        }
        assertEquals("Scp03Keys[keyVersion=30]", keys.toString());
        assertEquals("SessionKeys[hidden]", session.sessionKeys().toString());
        Scp03Keys others = Scp03Keys.of(
                0x30, keys.mac().reveal(), keys.dek().reveal(), keys.enc().reveal());
        assertNotEquals(keys, others);
        assertEquals(keys.hashCode(), others.hashCode());
    }

    @Test
    void whatIsDestroyedDoesNothingMore() {
        Scp03Channel first = channel(SecurityLevel.C_DECRYPTION_R_ENCRYPTION_C_MAC_R_MAC);
        Scp03Channel.Wrapped wrapped = first.wrap(COMMAND);
        assertFalse(first.isDestroyed());
        wrapped.next().destroy();
        assertTrue(first.isDestroyed());
        assertTrue(session.isDestroyed());
        assertThrows(IllegalStateException.class, () -> first.wrap(COMMAND));
        assertThrows(IllegalStateException.class, () -> first.open(wrapped.command()));
        assertThrows(IllegalStateException.class, () -> first.protect(ResponseApdu.success(CHALLENGE)));
        assertThrows(IllegalStateException.class, () -> first.unwrap(ResponseApdu.success(CHALLENGE)));
        assertThrows(IllegalStateException.class, () -> Scp03Channel.authenticate(session, SecurityLevel.C_MAC));
        keys.destroy();
        assertTrue(keys.isDestroyed());
        assertThrows(
                IllegalStateException.class,
                () -> MutualAuthentication.of(keys, SecurityDomains.isdP(0), CHALLENGE, SequenceCounter.ZERO));
        assertThrows(IllegalStateException.class, () -> keys.protectKey(SecretOctets.copyOf(Octets.of(new byte[16]))));
    }
}

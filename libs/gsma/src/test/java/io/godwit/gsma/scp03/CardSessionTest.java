package io.godwit.gsma.scp03;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.godwit.gsma.Parsed;
import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.crypto.AesCbc;
import io.godwit.gsma.crypto.AesEcb;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.testing.Openings;
import io.godwit.gsma.testing.Vectors;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nine sessions of a real card: three key lengths, each at the levels 03, 11 and 33. */
class CardSessionTest {
    private static final Vectors CARD = Vectors.load("scp03-card-sessions.txt");
    private static final List<String> COMMANDS = List.of("P0", "P1", "P2", "P3", "P4");

    static Stream<String> sessions() {
        return Stream.of("AES128", "AES192", "AES256")
                .flatMap(keys -> Stream.of("_03", "_11", "_33").map(level -> keys + level));
    }

    private static CommandApdu command(String name) {
        return CommandApdu.decode(CARD.get(name)).toOptional().orElseThrow();
    }

    private static SecurityLevel level(String session) {
        return SecurityLevel.of(command(session + ".external_authenticate").p1())
                .orElseThrow();
    }

    private static InitializeUpdate asked(String session) {
        return InitializeUpdate.parse(command(session + ".initialize_update"))
                .toOptional()
                .orElseThrow();
    }

    private static InitializeUpdateAnswer answered(String session) {
        return InitializeUpdateAnswer.decode(CARD.get(session + ".answer"))
                .toOptional()
                .orElseThrow();
    }

    private static Scp03Keys keys(String session) {
        String size = session.substring(0, 6);
        return Scp03Keys.of(
                asked(session).keyVersion(), CARD.get(size + ".enc"), CARD.get(size + ".mac"), CARD.get(size + ".dek"));
    }

    /** All that the host knows before the card says anything. */
    private static MutualAuthentication foretold(String session) {
        return MutualAuthentication.of(
                keys(session),
                SecurityDomains.ISD_R,
                asked(session).hostChallenge(),
                answered(session).counter());
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void theWholeSessionIsWrittenBeforeTheCardIsHeard(String session) {
        MutualAuthentication authentication = foretold(session);
        Scp03Channel.Wrapped opening = Scp03Channel.authenticate(authentication, level(session));
        List<Scp03Channel.Wrapped> wrapped = opening.next()
                .wrapAll(COMMANDS.stream().map(CardSessionTest::command).toList());

        assertEquals(
                CARD.get(session + ".initialize_update"),
                authentication.initializeUpdate().toCommand().encode());
        assertEquals(
                CARD.get(session + ".external_authenticate"), opening.command().encode());
        for (int i = 0; i < COMMANDS.size(); i++) {
            String name = session + "." + COMMANDS.get(i) + ".wrapped";
            assertEquals(CARD.get(name), wrapped.get(i).command().encode(), name);
            assertEquals(i + 1, wrapped.get(i).next().state().commands());
        }
        assertEquals(MutualAuthentication.Verdict.GENUINE, authentication.verify(answered(session)));
        ResponseApdu response = ResponseApdu.success(CARD.get(session + ".P0.response"));
        assertEquals(
                Opening.opened(ResponseApdu.success(CARD.get("P0.response"))),
                wrapped.get(0).next().unwrap(response));
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void ourCardSaysWhatTheRealOneSaid(String session) {
        InitializeUpdateAnswer answer = answered(session);
        MutualAuthentication authentication = foretold(session);
        assertEquals(answer, authentication.answer(answer.diversification()));
        assertEquals(CARD.get(session + ".answer"), answer.encode());

        Scp03Channel channel =
                Openings.value(Scp03Channel.accept(authentication, command(session + ".external_authenticate")));
        for (String name : COMMANDS) {
            Scp03Channel.Received received = Openings.value(channel.open(command(session + "." + name + ".wrapped")));
            channel = received.next();
            assertEquals(command(name), received.command());
            if (name.equals("P0")) {
                assertEquals(
                        ResponseApdu.success(CARD.get(session + ".P0.response")),
                        channel.protect(ResponseApdu.success(CARD.get("P0.response"))));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AES128_11", "AES128_03", "AES128_33"})
    void sessionKeysAndCryptogramsAreTheOnesRecomputed(String session) {
        MutualAuthentication authentication = foretold(session);
        SessionKeys keys = authentication.sessionKeys();
        assertEquals(CARD.get(session + ".S-ENC"), keys.enc().reveal());
        assertEquals(CARD.get(session + ".S-MAC"), keys.mac().reveal());
        assertEquals(CARD.get(session + ".S-RMAC"), keys.rmac().reveal());
        assertEquals(CARD.get(session + ".host_cryptogram"), authentication.hostCryptogram());
        MutualAuthentication heard = MutualAuthentication.of(
                keys(session),
                asked(session).hostChallenge(),
                answered(session).cardChallenge(),
                answered(session).counter());
        assertEquals(keys, heard.sessionKeys());
    }

    /** Another implementation begins the chain anew after EXTERNAL AUTHENTICATE. */
    @Test
    void theChainGoesOnFromTheMacOfExternalAuthenticate() {
        MutualAuthentication session = foretold("AES128_33");
        Scp03Channel channel =
                Scp03Channel.authenticate(session, level("AES128_33")).next();
        Octets mcv = channel.state().macChainingValue();
        assertEquals(CARD.get("AES128_33.external_authenticate").from(13), mcv.slice(0, 8));
        Octets zeros = Octets.of(new byte[16]);
        for (Octets wrong : List.of(zeros, mcv.slice(0, 8).plus(zeros.from(8)))) {
            Scp03Channel reset = Scp03Channel.resume(
                    session.sessionKeys(),
                    new ChannelState(wrong, 0, channel.state().level()));
            assertNotEquals(
                    CARD.get("AES128_33.P0.wrapped"),
                    reset.wrap(command("P0")).command().encode());
        }
    }

    /** Another implementation marks the last octet of the block. */
    @Test
    void theFirstOctetOfTheCounterBlockMarksAResponse() {
        SessionKeys keys = foretold("AES128_33").sessionKeys();
        Octets ciphered = CARD.get("AES128_33.P0.response").slice(0, 32);
        Octets block = Octets.fromHex("80000000000000000000000000000001");
        Octets clear = AesCbc.decrypt(keys.enc(), AesEcb.encryptBlock(keys.enc(), block), ciphered);
        assertEquals(CARD.get("P0.response").plus(Octets.fromHex("8000000000000000000000")), clear);
    }

    /** Another implementation derives all from one static key. */
    @Test
    void encryptionAndMacComeFromTheirOwnStaticKeys() {
        Scp03Keys keys = keys("AES128_33");
        Octets challenges = Octets.utf8("sixteen octets..");
        SessionKeys right = SessionKeys.derive(keys, challenges);
        SessionKeys otherEnc = SessionKeys.derive(new Scp03Keys(0x30, keys.dek(), keys.mac(), keys.dek()), challenges);
        SessionKeys otherMac = SessionKeys.derive(new Scp03Keys(0x30, keys.enc(), keys.dek(), keys.dek()), challenges);
        assertNotEquals(right.enc(), otherEnc.enc());
        assertEquals(right.mac(), otherEnc.mac());
        assertEquals(right.rmac(), otherEnc.rmac());
        assertEquals(right.enc(), otherMac.enc());
        assertNotEquals(right.mac(), otherMac.mac());
        assertNotEquals(right.rmac(), otherMac.rmac());
        assertNotEquals(right.mac(), right.rmac());
    }

    @Test
    void keysUnderDekAreReadBackAndThe24OctetOnesArePadded() {
        Scp03Keys keys = keys("AES128_33");
        for (String name : List.of("AES128.enc", "AES192.mac", "AES256.dek")) {
            SecretOctets sent = SecretOctets.copyOf(CARD.get(name));
            Octets ciphered = keys.protectKey(sent);
            assertEquals(sent.length() == 16 ? 16 : 32, ciphered.length());
            assertEquals(CARD.get(name), AesCbc.decrypt(keys.dek(), ciphered).slice(0, sent.length()));
            assertEquals(Parsed.read(sent), keys.unprotectKey(ciphered, sent.length()));
        }
    }

    @Test
    void aWarningIsProtectedAndAnErrorIsBare() {
        MutualAuthentication session = foretold("AES128_33");
        Scp03Channel channel = Scp03Channel.authenticate(session, level("AES128_33"))
                .next()
                .wrap(command("P1"))
                .next();
        ResponseApdu more = new ResponseApdu(Octets.utf8("some"), StatusWord.MORE_DATA);
        assertEquals(16 + 8, channel.protect(more).data().length());
        assertEquals(Opening.opened(more), channel.unwrap(channel.protect(more)));
        ResponseApdu error = new ResponseApdu(Octets.utf8("some"), StatusWord.WRONG_DATA);
        assertEquals(ResponseApdu.of(StatusWord.WRONG_DATA), channel.protect(error));
        assertEquals(
                Opening.opened(ResponseApdu.of(StatusWord.WRONG_DATA)),
                channel.unwrap(ResponseApdu.of(StatusWord.WRONG_DATA)));
        assertEquals(Opening.refused(ChannelRefusal.MALFORMED), channel.unwrap(error));
        assertEquals(
                8, channel.protect(ResponseApdu.of(StatusWord.SUCCESS)).data().length());
    }
}

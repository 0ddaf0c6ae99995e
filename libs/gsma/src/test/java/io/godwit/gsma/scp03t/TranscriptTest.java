package io.godwit.gsma.scp03t;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.Parsed;
import io.godwit.gsma.scp03.ChannelRefusal;
import io.godwit.gsma.scp03.ChannelState;
import io.godwit.gsma.scp03.InitializeUpdateAnswer;
import io.godwit.gsma.scp03.MutualAuthentication;
import io.godwit.gsma.scp03.Opening;
import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.gsma.scp03.SecurityLevel;
import io.godwit.gsma.scp03.SequenceCounter;
import io.godwit.gsma.testing.Openings;
import io.godwit.gsma.testing.Vectors;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranscriptTest {
    private final Vectors vectors = Vectors.load("es8-key-set-and-profile.txt");
    private final Scp03Keys keys = Scp03Keys.of(0x30, vectors.get("K-ENC"), vectors.get("K-MAC"), vectors.get("K-DEK"));
    private final MutualAuthentication session = MutualAuthentication.of(
            keys, Aid.of(vectors.get("isdp_aid")), vectors.get("host_challenge"), SequenceCounter.ZERO.next());
    private final List<Octets> segments = List.of(vectors.get("seg1_plain"), vectors.get("seg2_plain"));

    @Test
    void theSmDpWritesAllOfItInAdvance() {
        assertEquals(vectors.get("scp03t_84_cmd"), Scp03tInitiation.encode(session.initializeUpdate()));
        Scp03tChannel.Wrapped opening = Scp03tChannel.authenticate(session);
        assertEquals(vectors.get("scp03t_85_cmd"), opening.command());
        List<Scp03tChannel.Wrapped> wrapped = opening.next().wrapAll(segments);
        assertEquals(vectors.get("seg1_cmd"), wrapped.get(0).command());
        assertEquals(
                vectors.get("mcv_after_seg1"), wrapped.get(0).next().state().macChainingValue());
        assertEquals(vectors.get("seg2_cmd"), wrapped.get(1).command());
        assertEquals(
                vectors.get("mcv_after_seg2"), wrapped.get(1).next().state().macChainingValue());
    }

    @Test
    void theSmDpReadsWhatTheCardAnswers() {
        InitializeUpdateAnswer answer = ((Scp03tReply.Accepted<InitializeUpdateAnswer>)
                        Scp03tInitiation.decodeReply(vectors.get("scp03t_84_rsp"))
                                .toOptional()
                                .orElseThrow())
                .value();
        assertEquals(vectors.get("card_challenge"), answer.cardChallenge());
        assertEquals(vectors.get("card_cryptogram"), answer.cardCryptogram());
        assertEquals(vectors.get("seq"), answer.counter().toOctets());
        assertEquals(MutualAuthentication.Verdict.GENUINE, session.verify(answer));
        assertEquals(
                Parsed.read(new Scp03tReply.Accepted<>(Octets.EMPTY)),
                Scp03tChannel.decodeAuthenticationReply(vectors.get("scp03t_85_rsp")));
        List<Scp03tChannel.Wrapped> wrapped =
                Scp03tChannel.authenticate(session).next().wrapAll(segments);
        assertEquals(
                Opening.opened(new Scp03tReply.Accepted<>(Octets.EMPTY)),
                wrapped.get(0).next().unwrap(vectors.get("seg1_rsp")));
        assertEquals(
                Opening.opened(new Scp03tReply.Accepted<>(vectors.get("euiccResponse_plain"))),
                wrapped.get(1).next().unwrap(vectors.get("seg2_rsp")));
        assertEquals(
                Opening.refused(ChannelRefusal.NOT_AUTHENTIC),
                wrapped.get(0).next().unwrap(vectors.get("seg2_rsp")),
                "the reply to the second segment is none to the first");
    }

    @Test
    void theCardSaysItsPart() {
        assertEquals(Parsed.read(session.initializeUpdate()), Scp03tInitiation.decode(vectors.get("scp03t_84_cmd")));
        assertEquals(vectors.get("scp03t_84_rsp"), Scp03tInitiation.encode(session.answer(Octets.of(new byte[10]))));
        Scp03tChannel channel = Openings.value(Scp03tChannel.accept(session, vectors.get("scp03t_85_cmd")));
        assertEquals(vectors.get("scp03t_85_rsp"), Scp03tChannel.accepted());
        Scp03tChannel.Received first = Openings.value(channel.open(vectors.get("seg1_cmd")));
        assertEquals(vectors.get("seg1_plain"), first.segment());
        assertEquals(vectors.get("seg1_rsp"), first.next().protect(Octets.EMPTY));
        Scp03tChannel.Received second = Openings.value(first.next().open(vectors.get("seg2_cmd")));
        assertEquals(vectors.get("seg2_plain"), second.segment());
        assertEquals(vectors.get("seg2_rsp"), second.next().protect(vectors.get("euiccResponse_plain")));
        assertEquals(
                Opening.refused(ChannelRefusal.NOT_AUTHENTIC), channel.open(vectors.get("seg2_cmd")), "out of order");
    }

    @Test
    void sessionKeysAreThoseOfTheTranscript() {
        assertEquals(vectors.get("S-ENC"), session.sessionKeys().enc().reveal());
        assertEquals(vectors.get("S-MAC"), session.sessionKeys().mac().reveal());
        assertEquals(vectors.get("S-RMAC"), session.sessionKeys().rmac().reveal());
        assertEquals(vectors.get("host_cryptogram"), session.hostCryptogram());
    }

    @Test
    void nothingShowsASecretAndWhatIsDestroyedDoesNothingMore() {
        Scp03tChannel.Wrapped wrapped =
                Scp03tChannel.authenticate(session).next().wrap(segments.get(0));
        Scp03tChannel channel = wrapped.next();
        Octets reply = channel.protect(segments.get(1));
        String shown = wrapped.toString()
                + channel.unwrap(reply)
                + channel.open(channel.wrap(segments.get(1)).command());
        for (String name : List.of("K-ENC", "K-MAC", "S-ENC", "S-MAC", "S-RMAC", "seg1_plain", "seg2_plain")) {
            assertFalse(shown.contains(vectors.get(name).toHex().substring(0, 6)), name);
        }
        channel.destroy();
        assertTrue(channel.isDestroyed());
        assertThrows(IllegalStateException.class, () -> channel.wrap(segments.get(1)));
        assertThrows(IllegalStateException.class, () -> channel.open(wrapped.command()));
        assertThrows(IllegalStateException.class, () -> channel.protect(segments.get(1)));
        assertThrows(IllegalStateException.class, () -> channel.unwrap(reply));
        assertThrows(IllegalStateException.class, () -> Scp03tChannel.authenticate(session));
    }

    @ParameterizedTest
    @CsvSource({
        "INITIALIZE_UPDATE, REFERENCE_NOT_FOUND, 9f440103",
        "EXTERNAL_AUTHENTICATE, SECURITY, 9f450102",
        "PROFILE_SEGMENT, INCORRECT_LENGTH_OR_STRUCTURE, 9f460101"
    })
    void errorsAreReadAsTheyAreWritten(Scp03tCommand command, Scp03tError error, String hex) {
        Octets written = error.encode(command);
        assertEquals(hex, written.toHex());
        Scp03tChannel channel = Scp03tChannel.authenticate(session).next();
        boolean read =
                switch (command) {
                    case INITIALIZE_UPDATE ->
                        Scp03tInitiation.decodeReply(written).equals(Parsed.read(new Scp03tReply.Failed<>(error)));
                    case EXTERNAL_AUTHENTICATE ->
                        Scp03tChannel.decodeAuthenticationReply(written)
                                .equals(Parsed.read(new Scp03tReply.Failed<>(error)));
                    case PROFILE_SEGMENT ->
                        channel.unwrap(written).equals(Opening.opened(new Scp03tReply.Failed<>(error)));
                };
        assertTrue(read);
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "86",
        "8601",
        "8701aa",
        "9f4500",
        "9f450101",
        "9f460100",
        "9f460104",
        "9f46020101",
        "860800112233445566778899",
        "86081122334455667788",
        "86091122334455667788ff",
        "86008600"
    })
    void whatIsNoReplyIsRefused(String hex) {
        Scp03tChannel channel = Scp03tChannel.authenticate(session).next();
        assertEquals(Opening.refused(ChannelRefusal.MALFORMED), channel.unwrap(Octets.fromHex(hex)));
    }

    @Test
    void onlyLevel33IsAChannelAndOnlyWholeSegmentsGoIn() {
        ChannelState low = new ChannelState(Octets.of(new byte[16]), 0, SecurityLevel.C_MAC);
        assertThrows(IllegalArgumentException.class, () -> Scp03tChannel.resume(session.sessionKeys(), low));
        Scp03tChannel channel = Scp03tChannel.authenticate(session).next();
        assertThrows(IllegalArgumentException.class, () -> channel.wrap(Octets.EMPTY));
        assertThrows(IllegalArgumentException.class, () -> channel.wrap(Octets.of(new byte[1008])));
        Octets largest = channel.wrap(Octets.of(new byte[1007])).command();
        assertEquals(1020, largest.length());
        assertEquals(1007, Openings.value(channel.open(largest)).segment().length());
        assertEquals(Opening.refused(ChannelRefusal.MALFORMED), channel.open(Octets.fromHex("86081122334455667788")));
        Octets tooLarge = new Tlv(0x86, Octets.of(new byte[1032])).encode();
        assertEquals(Opening.refused(ChannelRefusal.MALFORMED), channel.open(tooLarge));
        assertEquals(
                Opening.refused(ChannelRefusal.MALFORMED),
                Scp03tChannel.accept(session, Octets.fromHex("8511130102030405060708")));
    }
}

package io.godwit.gsma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.ecka.KeySetAnswer;
import io.godwit.gsma.scp03.ChannelRefusal;
import io.godwit.gsma.scp03.InitializeUpdate;
import io.godwit.gsma.scp03.InitializeUpdateAnswer;
import io.godwit.gsma.scp03.MutualAuthentication;
import io.godwit.gsma.scp03.Opening;
import io.godwit.gsma.scp03.Scp03Channel;
import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.gsma.scp03.SecurityLevel;
import io.godwit.gsma.scp03.SequenceCounter;
import io.godwit.gsma.scp03t.Scp03tChannel;
import io.godwit.gsma.scp03t.Scp03tCommand;
import io.godwit.gsma.scp03t.Scp03tError;
import io.godwit.gsma.scp03t.Scp03tInitiation;
import io.godwit.gsma.scp03t.Scp03tReply;
import io.godwit.gsma.testing.Bits;
import io.godwit.gsma.testing.Mutator;
import io.godwit.gsma.testing.Openings;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A million damaged messages, and every single bit of the short ones: what is taken is what was protected. */
class SecureChannelProperties {
    private static final Octets TEN = Octets.of(new byte[10]);
    private static final MutualAuthentication SESSION = session(new Random(1), 16);
    private static final CommandApdu COMMAND =
            new CommandApdu(0x80, 0xca, 0xff, 0x21, Octets.utf8("what do you have"), OptionalInt.of(0));
    private static final ResponseApdu RESPONSE = ResponseApdu.success(Octets.utf8("little"));

    private static Octets random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Octets.of(bytes);
    }

    private static MutualAuthentication session(Random random, int keySize) {
        Scp03Keys keys = Scp03Keys.of(
                0x30 + random.nextInt(16), random(random, keySize), random(random, keySize), random(random, keySize));
        return MutualAuthentication.of(
                keys, SecurityDomains.isdP(3), random(random, 8), new SequenceCounter(random.nextInt(1 << 24)));
    }

    /** No trace of a whole session at level 13 exists; host and card of ours must at least understand each other. */
    @ParameterizedTest
    @EnumSource
    void hostAndCardUnderstandEachOther(SecurityLevel level) {
        Random random = Mutator.announced("host and card").random();
        for (int keySize : new int[] {16, 24, 32}) {
            MutualAuthentication session = session(random, keySize);
            Scp03Channel.Wrapped opening = Scp03Channel.authenticate(session, level);
            Scp03Channel host = opening.next();
            Scp03Channel card = Openings.value(Scp03Channel.accept(session, opening.command()));
            for (int length = 0; length <= host.maxData(); length++) {
                OptionalInt le = random.nextBoolean() ? OptionalInt.of(random.nextInt(256)) : OptionalInt.empty();
                CommandApdu command = new CommandApdu(
                        random.nextBoolean() ? 0x80 : 0x00,
                        random.nextInt(256),
                        random.nextInt(256),
                        length,
                        random(random, length),
                        le);
                Scp03Channel.Wrapped wrapped = host.wrap(command);
                Scp03Channel.Received received = Openings.value(card.open(wrapped.command()));
                assertEquals(command, received.command());
                host = wrapped.next();
                card = received.next();
                assertEquals(host, card);
                assertEquals(length + 1, host.state().commands());
                ResponseApdu response = ResponseApdu.success(random(random, length));
                assertEquals(Opening.opened(response), host.unwrap(card.protect(response)));
            }
        }
    }

    @Test
    void smDpAndIsdPUnderstandEachOther() {
        Random random = Mutator.announced("SM-DP and ISD-P").random();
        for (int keySize : new int[] {16, 24, 32}) {
            MutualAuthentication session = session(random, keySize);
            Scp03tChannel.Wrapped opening = Scp03tChannel.authenticate(session);
            Scp03tChannel host = opening.next();
            Scp03tChannel card = Openings.value(Scp03tChannel.accept(session, opening.command()));
            for (int length = 1; length <= 1007; length += 1 + random.nextInt(9)) {
                Octets segment = random(random, length);
                Scp03tChannel.Wrapped wrapped = host.wrap(segment);
                Scp03tChannel.Received received = Openings.value(card.open(wrapped.command()));
                assertEquals(segment, received.segment());
                assertEquals(wrapped.next(), received.next());
                Scp03tChannel resumed = Scp03tChannel.resume(session.sessionKeys(), host.state());
                assertEquals(wrapped, resumed.wrap(segment));
                host = wrapped.next();
                card = received.next();
                Octets reply = random(random, random.nextInt(1400));
                assertEquals(Opening.opened(new Scp03tReply.Accepted<>(reply)), host.unwrap(card.protect(reply)));
            }
        }
    }

    /** All but Le, which SCP03 does not protect. */
    @ParameterizedTest
    @EnumSource
    void everyFlippedBitOfAnApduIsRefused(SecurityLevel level) {
        Scp03Channel.Wrapped opening = Scp03Channel.authenticate(SESSION, level);
        for (Octets wrong : Bits.flipped(opening.command().encode())) {
            CommandApdu.decode(wrong)
                    .toOptional()
                    .ifPresent(command -> assertRefused(Scp03Channel.accept(SESSION, command)));
        }
        Scp03Channel.Wrapped wrapped = opening.next().wrap(COMMAND);
        Octets sound = wrapped.command().encode();
        int le = sound.length() - 1;
        for (Octets wrong : Bits.flipped(sound.slice(0, le))) {
            CommandApdu.decode(wrong.plus(sound.from(le)))
                    .toOptional()
                    .ifPresent(command -> assertRefused(opening.next().open(command)));
        }
        if (level == SecurityLevel.C_MAC || level == SecurityLevel.C_DECRYPTION_C_MAC) {
            return;
        }
        for (Octets wrong : Bits.flipped(wrapped.next().protect(RESPONSE).encode())) {
            ResponseApdu response = ResponseApdu.decode(wrong).toOptional().orElseThrow();
            assertRefused(wrapped.next().unwrap(response));
        }
    }

    @Test
    void everyFlippedBitOfATlvIsRefused() {
        Scp03tChannel.Wrapped opening = Scp03tChannel.authenticate(SESSION);
        Bits.flipped(opening.command()).forEach(wrong -> assertRefused(Scp03tChannel.accept(SESSION, wrong)));
        Scp03tChannel before = opening.next();
        Scp03tChannel.Wrapped wrapped = before.wrap(Octets.utf8("a piece of a profile package"));
        Bits.flipped(wrapped.command()).forEach(wrong -> assertRefused(before.open(wrong)));
        Octets reply = wrapped.next().protect(Octets.utf8("installed"));
        Bits.flipped(reply).forEach(wrong -> assertRefused(wrapped.next().unwrap(wrong)));
        // The refusals changed nothing: the sound messages are still taken.
        assertEquals(
                wrapped.next(), Openings.value(before.open(wrapped.command())).next());
    }

    /** All but the diversification data, which nothing protects. */
    @Test
    void everyFlippedBitOfTheAnswerToInitializeUpdateIsNotGenuine() {
        Octets answer = SESSION.answer(TEN).encode();
        for (Octets wrong : Bits.flipped(answer.from(10))) {
            InitializeUpdateAnswer.decode(TEN.plus(wrong))
                    .toOptional()
                    .ifPresent(read -> assertNotEquals(MutualAuthentication.Verdict.GENUINE, SESSION.verify(read)));
        }
        assertEquals(MutualAuthentication.Verdict.GENUINE, SESSION.verify(SESSION.answer(random(new Random(2), 10))));
    }

    private static void assertRefused(Opening<?> opening) {
        assertTrue(Openings.refusal(opening).isPresent());
    }

    @Test
    void damagedInitiationsAreReadAsWrittenOrRefused() {
        Mutator mutator = Mutator.announced("damaged initiations");
        List<Octets> sound = List.of(
                SESSION.answer(TEN).encode(),
                Scp03tInitiation.encode(SESSION.answer(TEN)),
                Scp03tInitiation.encode(SESSION.initializeUpdate()),
                SESSION.initializeUpdate().toCommand().encode(),
                Scp03tError.REFERENCE_NOT_FOUND.encode(Scp03tCommand.INITIALIZE_UPDATE),
                Scp03tChannel.accepted(),
                new KeySetAnswer(Optional.of(random(new Random(3), 16)), random(new Random(4), 16)).encode(),
                new KeySetAnswer(Optional.empty(), random(new Random(5), 16)).encode());
        int accepted = 0;
        for (int i = 0; i < 600_000; i++) {
            Octets input = i % 20 == 0 ? mutator.anyOctets(40) : mutator.damaged(sound);
            Optional<Octets> written = InitializeUpdateAnswer.decode(input)
                    .toOptional()
                    .map(InitializeUpdateAnswer::encode)
                    .or(() -> Scp03tInitiation.decode(input).toOptional().map(Scp03tInitiation::encode))
                    .or(() -> KeySetAnswer.decode(input).toOptional().map(KeySetAnswer::encode))
                    .or(() -> Scp03tInitiation.decodeReply(input).toOptional().map(SecureChannelProperties::written));
            written.ifPresent(octets -> assertEquals(input, octets));
            accepted += written.isPresent() ? 1 : 0;
            Scp03tChannel.decodeAuthenticationReply(input);
            CommandApdu.decode(input).then(InitializeUpdate::parse);
        }
        assertTrue(accepted > 1_000, "the generator should also make sound input, made " + accepted);
    }

    private static Octets written(Scp03tReply<InitializeUpdateAnswer> reply) {
        return reply instanceof Scp03tReply.Failed<InitializeUpdateAnswer> failed
                ? failed.error().encode(Scp03tCommand.INITIALIZE_UPDATE)
                : Scp03tInitiation.encode(((Scp03tReply.Accepted<InitializeUpdateAnswer>) reply).value());
    }

    @Test
    void noDamagedTlvIsAuthentic() {
        Mutator mutator = Mutator.announced("damaged SCP03t");
        Scp03tChannel.Wrapped opening = Scp03tChannel.authenticate(SESSION);
        Scp03tChannel.Wrapped wrapped = opening.next().wrap(Octets.utf8("a piece of a profile package"));
        Octets reply = wrapped.next().protect(Octets.utf8("installed"));
        List<Octets> sound = List.of(opening.command(), wrapped.command(), reply);
        int wellFormed = 0;
        for (int i = 0; i < 200_000; i++) {
            Octets input = mutator.damaged(sound);
            if (!sound.contains(input)) {
                assertRefused(Scp03tChannel.accept(SESSION, input));
                Opening<Scp03tChannel.Received> opened = opening.next().open(input);
                assertRefused(opened);
                wellFormed += opened.equals(Opening.refused(ChannelRefusal.NOT_AUTHENTIC)) ? 1 : 0;
                // An error and an empty reply have no MAC.
                boolean bare = wrapped.next().unwrap(input) instanceof Opening.Opened<Scp03tReply<Octets>> taken
                        && (taken.value() instanceof Scp03tReply.Failed
                                || taken.value().equals(new Scp03tReply.Accepted<>(Octets.EMPTY)));
                if (!bare) {
                    assertRefused(wrapped.next().unwrap(input));
                }
            }
        }
        assertTrue(wellFormed > 1_000, "the generator should also make whole TLVs, made " + wellFormed);
    }

    @Test
    void noDamagedApduIsAuthentic() {
        Mutator mutator = Mutator.announced("damaged SCP03");
        Scp03Channel.Wrapped opening =
                Scp03Channel.authenticate(SESSION, SecurityLevel.C_DECRYPTION_R_ENCRYPTION_C_MAC_R_MAC);
        Scp03Channel.Wrapped wrapped = opening.next().wrap(COMMAND);
        List<Octets> sound = List.of(
                opening.command().encode(),
                wrapped.command().encode(),
                wrapped.next().protect(RESPONSE).encode());
        for (int i = 0; i < 200_000; i++) {
            Octets input = mutator.damaged(sound);
            if (sound.contains(input)) {
                continue;
            }
            CommandApdu.decode(input).toOptional().ifPresent(command -> {
                assertRefused(Scp03Channel.accept(SESSION, command));
                Optional<Scp03Channel.Received> received = Optional.of(
                                opening.next().open(command))
                        .filter(result -> result instanceof Opening.Opened)
                        .map(Openings::value);
                // Le is the one octet that nothing protects.
                received.ifPresent(
                        taken -> assertEquals(COMMAND.data(), taken.command().data()));
            });
            ResponseApdu.decode(input).toOptional().ifPresent(response -> {
                if (wrapped.next().unwrap(response) instanceof Opening.Opened<ResponseApdu> opened) {
                    assertTrue(opened.value().data().isEmpty()
                            && !opened.value().status().isSuccess());
                }
            });
        }
    }
}

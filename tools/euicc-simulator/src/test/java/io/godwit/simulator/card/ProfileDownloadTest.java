package io.godwit.simulator.card;

import static io.godwit.simulator.card.TestSmDp.ISD_P;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.es5.DeleteProfile;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.Es5Error;
import io.godwit.gsma.es5.Es5Outcome;
import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.es5.MasterDelete;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.profile.EuiccResponse;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.PeStatus;
import io.godwit.gsma.profile.ProfileBuilder;
import io.godwit.gsma.profile.ProfileElement;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.SecurityDomain;
import io.godwit.gsma.profile.install.InstalledProfile;
import io.godwit.gsma.scp03.MutualAuthentication;
import io.godwit.gsma.scp03.Opening;
import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.gsma.scp03t.Scp03tChannel;
import io.godwit.gsma.scp03t.Scp03tInitiation;
import io.godwit.gsma.scp03t.Scp03tReply;
import io.godwit.gsma.scp03t.Segments;
import io.godwit.gsma.script.ResponseScript;
import io.godwit.gsma.script.ScriptFault;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ProfileDownloadTest {
    private static final Iccid ICCID = Iccid.withCheckDigit("8900012345678909999");
    private static final ProfileBuilder PROFILE = ProfileBuilder.of(
                    ICCID,
                    new Imsi("001010123456789"),
                    SecretOctets.copyOf(Octets.fromHex("465b5ce8b199b49faa5f0a2ee238a6bc")),
                    SecretOctets.copyOf(Octets.fromHex("cd63cb71954a9f4e48a5994e37a02baf")))
            .ofType("operational")
            .with(Pol1.DELETE_NOT_ALLOWED);
    private static final int MEMORY = 60_000;
    private static final String SECURITY = "02";

    private final TestSmSr smSr = new TestSmSr(TestSmDp.card());

    private Scp03Keys ready() {
        TestSmDp.create(smSr, MEMORY);
        return TestSmDp.establish(smSr);
    }

    /** Installs the test profile. */
    static void install(TestSmSr smSr, Scp03Keys keys) {
        Octets reply = send(
                smSr,
                TestSmDp.open(smSr, TestSmDp.session(keys, 1)),
                PROFILE.build().encode(),
                Segments.MAX_TLV);
        assertEquals(EuiccResponse.OK.encode(), reply);
    }

    private Octets send(Scp03tChannel channel, Octets octets, int maxTlv) {
        return send(smSr, channel, octets, maxTlv);
    }

    /** Sends a package in segments; the last answer, opened. */
    private static Octets send(TestSmSr smSr, Scp03tChannel channel, Octets octets, int maxTlv) {
        Octets reply = Octets.EMPTY;
        Scp03tChannel next = channel;
        for (Octets segment : Segments.cut(octets, maxTlv)) {
            assertEquals(Octets.EMPTY, reply, "an answer before the last segment");
            Scp03tChannel.Wrapped wrapped = next.wrap(segment);
            next = wrapped.next();
            reply = opened(next, smSr.download(ISD_P, wrapped.command()).get(0));
        }
        return reply;
    }

    private static Octets opened(Scp03tChannel channel, Octets reply) {
        if (channel.unwrap(reply) instanceof Opening.Opened<Scp03tReply<Octets>> opened
                && opened.value() instanceof Scp03tReply.Accepted<Octets> accepted) {
            return accepted.value();
        }
        throw new AssertionError(reply.toHex());
    }

    private IsdP isdP() {
        return smSr.card().state().isdP(ISD_P).orElseThrow();
    }

    @Test
    void aProfileIsInstalledAndEnabledAndCanBeRead() {
        Octets octets = PROFILE.build().encode();
        Octets reply = send(TestSmDp.open(smSr, TestSmDp.session(ready(), 1)), octets, 200);
        assertEquals(EuiccResponse.OK.encode(), reply);
        assertEquals(LifeCycle.DISABLED, isdP().state());
        assertEquals(Optional.of(ICCID), isdP().iccid());
        assertEquals(Pol1.DELETE_NOT_ALLOWED, isdP().pol1());
        assertEquals(Optional.of("operational"), isdP().profileType());
        assertTrue(isdP().usedMemory() > 0 && isdP().usedMemory() <= MEMORY);
        InstalledProfile installed = isdP().installed().orElseThrow();
        assertEquals(Optional.of(new Imsi("001010123456789")), installed.imsi());
        CardState state = smSr.card().state();
        assertEquals(Optional.of(state), CardStateCodec.decode(CardStateCodec.encode(state)));

        assertEquals(new Es5Outcome.Executed(), smSr.send(new EnableProfile(ISD_P)));
        smSr.reboot();
        assertEquals(ISD_P, smSr.card().state().enabled().aid());
    }

    @Test
    void allOfItFitsOnePacket() {
        MutualAuthentication session = TestSmDp.session(ready(), 1);
        Scp03tChannel.Wrapped authenticate = Scp03tChannel.authenticate(session);
        List<Scp03tChannel.Wrapped> segments = authenticate
                .next()
                .wrapAll(Segments.cut(PROFILE.paddedTo(12_288).build().encode(), Segments.MAX_TLV));
        List<Octets> commands = new ArrayList<>();
        commands.add(Scp03tInitiation.encode(session.initializeUpdate()));
        commands.add(authenticate.command());
        segments.forEach(segment -> commands.add(segment.command()));
        List<Octets> answers = smSr.download(ISD_P, commands.toArray(Octets[]::new));
        assertEquals(commands.size(), answers.size());
        Octets last = opened(segments.get(segments.size() - 1).next(), answers.get(answers.size() - 1));
        assertEquals(EuiccResponse.OK.encode(), last);
        assertEquals(LifeCycle.DISABLED, isdP().state());
    }

    @Test
    void aResetAtEachStepLosesTheSessionAndNothingElse() {
        Octets octets = PROFILE.build().encode();
        Scp03Keys keys = ready();
        int steps = Segments.cut(octets, 200).size();
        for (int step = 0; step < steps; step++) {
            Scp03tChannel channel = TestSmDp.open(smSr, TestSmDp.session(keys, step + 1));
            List<Scp03tChannel.Wrapped> segments = channel.wrapAll(Segments.cut(octets, 200));
            for (int i = 0; i < step; i++) {
                smSr.download(ISD_P, segments.get(i).command());
            }
            smSr.reboot();
            assertEquals("9f4601" + SECURITY, download(segments.get(step).command()));
            assertEquals(LifeCycle.PERSONALIZED, isdP().state());
            CardState state = smSr.card().state();
            assertEquals(Optional.of(state), CardStateCodec.decode(CardStateCodec.encode(state)));
        }
        Octets reply = send(TestSmDp.open(smSr, TestSmDp.session(keys, steps + 1)), octets, 200);
        assertEquals(EuiccResponse.OK.encode(), reply);
        assertEquals(LifeCycle.DISABLED, isdP().state());
    }

    @Test
    void eachChangedBitOfASegmentEndsTheSession() {
        Octets octets = PROFILE.build().encode();
        Scp03tChannel channel = TestSmDp.open(smSr, TestSmDp.session(ready(), 1));
        Octets segment = channel.wrap(octets.slice(0, 30)).command();
        EuiccCard open = smSr.card();
        for (int bit = 16; bit < segment.length() * 8; bit++) {
            byte[] changed = segment.toBytes();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            insert(open);
            assertEquals("9f4601" + SECURITY, download(Octets.of(changed)), "bit " + bit);
            assertEquals(open.state().isdPs(), smSr.card().state().isdPs());
            assertEquals("9f4601" + SECURITY, download(segment), "the session is over");
        }
        insert(open);
        assertEquals("8600", download(segment));
    }

    @Test
    void whoHasOtherKeysOpensNoSession() {
        ready();
        Octets other = Octets.utf8("another key of16");
        Scp03Keys wrong = Scp03Keys.of(TestSmDp.KEY_VERSION, other, other, other);
        MutualAuthentication session = TestSmDp.session(wrong, 1);
        List<Octets> answers = smSr.download(
                ISD_P,
                Scp03tInitiation.encode(session.initializeUpdate()),
                Scp03tChannel.authenticate(session).command(),
                Scp03tChannel.authenticate(session)
                        .next()
                        .wrap(Octets.ofInts(1))
                        .command());
        assertEquals(2, answers.size(), "what is behind a refusal is not executed");
        assertEquals("9f4501" + SECURITY, answers.get(1).toHex());
    }

    @Test
    void anotherVersionIsNotFoundAndBadStructureIsTold() {
        Scp03Keys keys = ready();
        Scp03Keys another = new Scp03Keys(0x31, keys.enc(), keys.mac(), keys.dek());
        assertEquals(
                "9f440103",
                download(Scp03tInitiation.encode(TestSmDp.session(another, 1).initializeUpdate())));
        assertEquals("9f440101", download(Octets.fromHex("84023000")));
        assertEquals("9f4501" + SECURITY, download(Octets.fromHex("850100")), "no session");
        TestSmDp.open(smSr, TestSmDp.session(keys, 1));
        assertEquals("9f460101", download(Octets.fromHex("86020000")));
    }

    @Test
    void whatHasNoKeysOrAProfileTakesNoDownload() {
        TestSmDp.create(smSr, MEMORY);
        MutualAuthentication session = TestSmDp.session(
                Scp03Keys.of(0x30, Octets.of(new byte[16]), Octets.of(new byte[16]), Octets.of(new byte[16])), 1);
        assertEquals("9f440103", download(Scp03tInitiation.encode(session.initializeUpdate())));
        Scp03Keys keys = TestSmDp.establish(smSr);
        send(TestSmDp.open(smSr, TestSmDp.session(keys, 1)), PROFILE.build().encode(), Segments.MAX_TLV);
        assertEquals(
                "9f4401" + SECURITY,
                download(Scp03tInitiation.encode(TestSmDp.session(keys, 2).initializeUpdate())));
    }

    @Test
    void aPackageThatIsRefusedLeavesTheIsdPEmptyAndDeletable() {
        Octets octets = PROFILE.build().encode();
        Scp03Keys keys = ready();
        byte[] broken = octets.toBytes();
        broken[octets.length() - 3] ^= 0x40;
        Octets reply = send(TestSmDp.open(smSr, TestSmDp.session(keys, 1)), Octets.of(broken), Segments.MAX_TLV);
        EuiccResponse response = EuiccResponse.decode(reply).toOptional().orElseThrow();
        assertTrue(response.firstFault().isPresent(), reply.toHex());
        assertEquals(LifeCycle.PERSONALIZED, isdP().state());
        assertEquals(0, isdP().usedMemory());
        int free = smSr.card().state().freeMemory();
        assertEquals(new Es5Outcome.Executed(), smSr.send(new DeleteProfile(ISD_P)));
        assertEquals(free + MEMORY, smSr.card().state().freeMemory());
    }

    @Test
    void anotherIsdPsSessionGoesOn() {
        Scp03Keys keys = ready();
        Octets octets = PROFILE.build().encode();
        List<Scp03tChannel.Wrapped> segments =
                TestSmDp.open(smSr, TestSmDp.session(keys, 1)).wrapAll(Segments.cut(octets, 200));
        assertEquals("8600", download(segments.get(0).command()));
        Octets stray = segments.get(1).command();
        assertEquals(List.of(Octets.fromHex("9f4601" + SECURITY)), smSr.download(TestCards.FIRST, stray));
        smSr.send(new DeleteProfile(TestCards.SECOND));
        assertEquals("8600", download(stray));
    }

    @Test
    void whatIsNoDownloadScriptIsBadFormat() {
        Scp03Keys keys = ready();
        TestSmDp.open(smSr, TestSmDp.session(keys, 1));
        Octets badFormat = ResponseScript.badFormat(ScriptFault.UNKNOWN_TAG).encode();
        for (String other : List.of("aa028700", "aa00", "ab028500")) {
            assertEquals(badFormat, smSr.raw(ISD_P, Octets.fromHex(other)), other);
        }
    }

    @Test
    void theOperatorOfAProfileDeletesItByToken() {
        SecretOctets key = PROFILE.tokenKey();
        MasterDelete.TokenInput input =
                new MasterDelete.TokenInput(Octets.ofInts(1), Octets.ofInts(2), Octets.ofInts(3), Octets.ofInts(4));
        install(smSr, ready());
        CardState before = smSr.card().state();
        SecretOctets wrong = SecretOctets.copyOf(Octets.utf8("another key of16"));
        assertEquals(
                new Es5Outcome.Refused(StatusWord.WRONG_DATA, Es5Error.WRONG_DATA),
                smSr.send(MasterDelete.with(wrong, ISD_P, input)));
        assertEquals(before.isdPs(), smSr.card().state().isdPs());
        assertEquals(
                new Es5Outcome.Refused(StatusWord.POL1_FORBIDS, Es5Error.POL1_FORBIDS),
                smSr.send(new DeleteProfile(ISD_P)));
        smSr.send(new EnableProfile(ISD_P));
        assertEquals(
                new Es5Outcome.Refused(StatusWord.CONDITIONS_NOT_SATISFIED, Es5Error.ENABLED_OR_IS_FALLBACK),
                smSr.send(MasterDelete.with(key, ISD_P, input)));
        smSr.take(smSr.card().timerExpired());
        smSr.reboot();
        assertEquals(TestCards.BOOTSTRAP, smSr.card().state().enabled().aid());
        assertEquals(new Es5Outcome.Executed(), smSr.send(MasterDelete.with(key, ISD_P, input)));
        assertEquals(Optional.empty(), smSr.card().state().isdP(ISD_P));
    }

    @Test
    void aTokenKeyThatIsNotOfAesIsNone() {
        SecretOctets point = SecretOctets.copyOf(Octets.of(new byte[65]));
        installWithTokenPoint(point);
        MasterDelete.TokenInput input =
                new MasterDelete.TokenInput(Octets.ofInts(1), Octets.ofInts(2), Octets.ofInts(3), Octets.ofInts(4));
        SecretOctets any = SecretOctets.copyOf(Octets.of(new byte[16]));
        assertEquals(
                new Es5Outcome.Refused(StatusWord.REFERENCE_NOT_FOUND, Es5Error.UNKNOWN_ISDP),
                smSr.send(MasterDelete.with(any, ISD_P, input)));
    }

    /** The test profile, with a point of a curve instead of its AES key of version 70. */
    private void installWithTokenPoint(SecretOctets point) {
        List<ProfileElement> elements = new ArrayList<>();
        for (ProfileElement element : PROFILE.build().elements()) {
            elements.add(element instanceof SecurityDomain domain ? withTokenPoint(domain, point) : element);
        }
        Octets reply = send(
                TestSmDp.open(smSr, TestSmDp.session(ready(), 1)),
                new ProfilePackage(elements).encode(),
                Segments.MAX_TLV);
        assertEquals(EuiccResponse.OK.encode(), reply);
    }

    private static SecurityDomain withTokenPoint(SecurityDomain domain, SecretOctets point) {
        List<SecurityDomain.Key> keys = new ArrayList<>(domain.keys());
        keys.removeIf(key -> key.version() == 0x70);
        keys.add(new SecurityDomain.Key(
                Octets.ofInts(0x81),
                OptionalInt.empty(),
                1,
                0x70,
                Optional.empty(),
                List.of(new SecurityDomain.Component(Octets.fromHex("b0"), point, OptionalInt.empty()))));
        return new SecurityDomain(domain.header(), domain.instance(), keys, domain.personalisation(), domain.rest());
    }

    @Test
    void aProfileLargerThanItsMemoryIsRefused() {
        TestSmDp.create(smSr, 1_000);
        Scp03Keys keys = TestSmDp.establish(smSr);
        Octets reply = send(
                TestSmDp.open(smSr, TestSmDp.session(keys, 1)), PROFILE.build().encode(), Segments.MAX_TLV);
        assertEquals(PeStatus.NOT_ENOUGH_MEMORY, fault(reply));
        assertEquals(LifeCycle.PERSONALIZED, isdP().state());
    }

    @Test
    void anIccidThatIsOnTheCardIsRefused() {
        Iccid taken = smSr.card().state().enabled().iccid().orElseThrow();
        ProfileBuilder twin = ProfileBuilder.of(
                taken,
                new Imsi("001010123456789"),
                SecretOctets.copyOf(Octets.of(new byte[16])),
                SecretOctets.copyOf(Octets.of(new byte[16])));
        Octets reply = send(
                TestSmDp.open(smSr, TestSmDp.session(ready(), 1)), twin.build().encode(), Segments.MAX_TLV);
        assertEquals(PeStatus.BAD_VALUES, fault(reply));
        assertEquals(LifeCycle.PERSONALIZED, isdP().state());
    }

    /** The card is again what it was. */
    private void insert(EuiccCard card) {
        smSr.take(new CardStep(card, Optional.empty(), false));
    }

    private static int fault(Octets reply) {
        return EuiccResponse.decode(reply)
                .toOptional()
                .flatMap(EuiccResponse::firstFault)
                .orElseThrow()
                .status();
    }

    private String download(Octets command) {
        return smSr.download(ISD_P, command).get(0).toHex();
    }
}

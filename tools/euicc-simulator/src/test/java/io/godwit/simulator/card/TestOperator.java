package io.godwit.simulator.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.es6.UpdatePol1;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.ProfileBuilder;
import io.godwit.gsma.profile.install.Installation;
import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.gsma.scp03.SequenceCounter;
import io.godwit.gsma.scp80.CommandPacket;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.ResponsePacket;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.gsma.scp80.Spi;
import io.godwit.gsma.script.CommandScript;
import io.godwit.gsma.script.ResponseScript;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;

/** An operator with one profile, whose keys it has: it writes to the MNO-SD of the card that its SM-SR has in hand. */
final class TestOperator {
    /** Those of each ISD-P, as a download left them behind. */
    static final Scp03Keys ISD_P_KEYS = Scp03Keys.of(
            0x30, Octets.utf8("a k-enc of 16 oc"), Octets.utf8("a k-mac of 16 oc"), Octets.utf8("a k-dek of 16 oc"));

    static final SequenceCounter LAST_SESSION = new SequenceCounter(1);

    private final TestSmSr smSr;
    private final Scp80Keys keys;
    private Counter counter = Counter.ZERO;

    TestOperator(TestSmSr smSr, ProfileBuilder profile) {
        this(smSr, profile.mnoKeys());
    }

    TestOperator(TestSmSr smSr, Scp80Keys keys) {
        this.smSr = smSr;
        this.keys = keys;
    }

    /** The profile of an operator of its own. */
    static ProfileBuilder profile(int number) {
        return ProfileBuilder.of(
                Iccid.withCheckDigit("890001234567890200" + number),
                new Imsi("00101012345678" + number),
                SecretOctets.copyOf(Octets.of(new byte[16]).slice(1, 16).plus(Octets.ofInts(number))),
                SecretOctets.copyOf(Octets.fromHex("cd63cb71954a9f4e48a5994e37a02baf")));
    }

    /** The ISD-P number {@code number}, disabled, with the profile in it. */
    static IsdP installed(int number, Octets profilePackage) {
        Installation.Finished finished = assertInstanceOf(
                Installation.Finished.class,
                Installation.start(60_000).feed(profilePackage).state());
        return IsdP.created(SecurityDomains.isdP(number), 60_000)
                .withProfile(
                        finished.profile().iccid().orElseThrow(),
                        finished.profile(),
                        SecretOctets.copyOf(profilePackage))
                .withKeys(new IsdPKeys(ISD_P_KEYS, LAST_SESSION));
    }

    /** A card with the profiles 0, 1 and 2, the first enabled and the one to fall back to. */
    static EuiccCard card() {
        List<IsdP> isdPs = List.of(0, 1, 2).stream()
                .map(number -> installed(number, profile(number).build().encode()))
                .toList();
        return CardFactory.personalise(TestCards.EID, List.of(TestSmSr.KEYS), isdPs);
    }

    Counter counter() {
        return counter;
    }

    Octets packet(CommandApdu... commands) {
        counter = counter.next();
        return packet(counter, new CommandScript(List.of(commands)).encode());
    }

    Octets packet(Counter with, Octets data) {
        return new CommandPacket(Spi.SGP02, keys.keySetVersion(), SecurityDomains.MNO_SD_TAR, with, data).encode(keys);
    }

    /** The answer, which is the MNO-SD's to this packet; empty when the card says nothing. */
    Optional<ResponsePacket> give(Octets packet) {
        CardStep step = smSr.card().receive(packet);
        smSr.take(step);
        return step.response()
                .map(response -> assertInstanceOf(ResponsePacket.Opened.class, ResponsePacket.open(response, keys))
                        .packet());
    }

    /** Sends commands; the status words of those that were executed or refused. */
    List<String> send(CommandApdu... commands) {
        ResponsePacket answer = give(packet(commands)).orElseThrow();
        assertEquals(SecurityDomains.MNO_SD_TAR, answer.tar());
        assertEquals(counter, answer.counter());
        assertEquals(ResponseStatus.POR_OK, answer.status());
        return ResponseScript.decode(answer.data()).toOptional().orElseThrow().responses().stream()
                .map(response -> response.status().toString())
                .toList();
    }

    String update(Pol1 rules) {
        List<String> answers = send(new UpdatePol1(rules).command());
        assertEquals(1, answers.size());
        return answers.get(0);
    }
}

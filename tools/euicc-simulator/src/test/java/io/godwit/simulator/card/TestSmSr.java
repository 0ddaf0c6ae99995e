package io.godwit.simulator.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.es5.Es5Function;
import io.godwit.gsma.es5.Es5Outcome;
import io.godwit.gsma.es5.Notification;
import io.godwit.gsma.es5.NotificationPacket;
import io.godwit.gsma.es8.DownloadScript;
import io.godwit.gsma.grouppackage.GroupAnswer;
import io.godwit.gsma.grouppackage.GroupCommand;
import io.godwit.gsma.grouppackage.GroupExtension;
import io.godwit.gsma.grouppackage.GroupPackage;
import io.godwit.gsma.scp80.CommandPacket;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.KeyLookup;
import io.godwit.gsma.scp80.ResponsePacket;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.gsma.scp80.Spi;
import io.godwit.gsma.scp80.Tar;
import io.godwit.gsma.script.CommandScript;
import io.godwit.gsma.script.ResponseScript;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;

/** The other end of the air: an SM-SR with one card, which keeps the counter and holds the card in its hand. */
final class TestSmSr {
    static final Scp80Keys KEYS = Scp80Keys.of(1, Octets.utf8("a kic of 16 byte"), Octets.utf8("a kid of 16 byte"));

    private EuiccCard card;
    private Counter counter = Counter.ZERO;
    private boolean refreshAsked;

    TestSmSr(EuiccCard card) {
        this.card = card;
    }

    EuiccCard card() {
        return card;
    }

    Counter counter() {
        return counter;
    }

    boolean refreshAsked() {
        return refreshAsked;
    }

    Octets packet(List<CommandApdu> commands) {
        counter = counter.next();
        return packet(counter, new CommandScript(commands).encode());
    }

    static Octets packet(Counter counter, Octets data) {
        return packet(SecurityDomains.ISD_R_TAR, counter, data);
    }

    private static Octets packet(Tar tar, Counter counter, Octets data) {
        return new CommandPacket(Spi.SGP02, 1, tar, counter, data).encode(KEYS);
    }

    /** Sends commands to the ISD-R; the answers to those that it has executed. */
    List<ResponseApdu> send(CommandApdu... commands) {
        ResponsePacket response = exchange(packet(List.of(commands))).orElseThrow();
        return ResponseScript.decode(response.data()).toOptional().orElseThrow().responses();
    }

    /** Sends commands of SCP03t to an ISD-P; the answers to those that it has executed. */
    List<Octets> download(Aid isdP, Octets... commands) {
        Octets answers = raw(isdP, new DownloadScript(List.of(commands)).encodeCommands());
        return DownloadScript.decodeAnswers(answers).toOptional().orElseThrow().elements();
    }

    /** Sends octets to an ISD-P; what its answer holds. */
    Octets raw(Aid isdP, Octets data) {
        counter = counter.next();
        Tar tar = SecurityDomains.isdPTar(isdP).orElseThrow();
        return exchange(packet(tar, counter, data)).orElseThrow().data();
    }

    /** Sends one function and reads its outcome. */
    Es5Outcome send(Es5Function function) {
        ResponsePacket response = exchange(packet(function.commands())).orElseThrow();
        assertEquals(ResponseStatus.POR_OK, response.status());
        assertEquals(counter, response.counter());
        ResponseScript script =
                ResponseScript.decode(response.data()).toOptional().orElseThrow();
        return function.outcome(script.responses());
    }

    /** Tells the card about one of its groups; the status of its answer, four digits. */
    String send(GroupCommand command) {
        ResponsePacket response = exchange(packet(List.of(command.command()))).orElseThrow();
        return ResponseScript.decode(response.data())
                .toOptional()
                .orElseThrow()
                .responses()
                .get(0)
                .status()
                .toString();
    }

    /** Gives the card a group package; its answer, if there is one, is authentic, from the extension and to this package. */
    Optional<GroupAnswer> give(Octets groupPackage) {
        CardStep step = card.receiveGroupPackage(groupPackage);
        take(step);
        return step.response().map(response -> {
            ResponsePacket packet = assertInstanceOf(ResponsePacket.Opened.class, ResponsePacket.open(response, KEYS))
                    .packet();
            GroupPackage.Signed given =
                    GroupPackage.decode(groupPackage).toOptional().orElseThrow();
            assertEquals(GroupExtension.TAR, packet.tar());
            assertEquals(given.content().counter(), packet.counter());
            assertEquals(ResponseStatus.POR_OK, packet.status());
            GroupAnswer answer = GroupAnswer.decode(packet.data()).toOptional().orElseThrow();
            assertEquals(given.hash(), answer.packageHash());
            return answer;
        });
    }

    /** Gives the card a packet; the answer, if there is one, is authentic. */
    Optional<ResponsePacket> exchange(Octets packet) {
        CardStep step = card.receive(packet);
        take(step);
        return step.response()
                .map(response -> assertInstanceOf(ResponsePacket.Opened.class, ResponsePacket.open(response, KEYS))
                        .packet());
    }

    void take(CardStep step) {
        card = step.next();
        refreshAsked = step.refresh();
    }

    void reboot() {
        take(card.afterReboot());
    }

    Optional<Notification> notification() {
        return card.pendingNotification()
                .map(packet -> assertInstanceOf(
                                NotificationPacket.Opened.class, NotificationPacket.open(packet, KeyLookup.of(KEYS)))
                        .notification());
    }
}

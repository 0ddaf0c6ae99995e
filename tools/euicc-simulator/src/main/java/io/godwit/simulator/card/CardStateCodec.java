package io.godwit.simulator.card;

import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.es5.Notification;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.nio.BufferUnderflowException;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A card's state as octets, some 250 for a card with two profiles: {@code "GWC" | version | fields in order | sections |
 * CRC-32}. Sections came later, each is there only when it says something, and a card without them is as it was before. Keys
 * stand in it in clear, as they do in the memory of a chip; these are cards for tests.
 */
public final class CardStateCodec {
    private static final Octets MAGIC = Octets.utf8("GWC");

    private static final int VERSION = 1;

    private static final int CRC = 4;

    private CardStateCodec() {}

    public static Octets encode(CardState state) {
        StateWriter out = new StateWriter();
        out.raw(MAGIC);
        out.number(1, VERSION);
        out.sized(state.eid().toOctets());
        out.list(state.keySets(), keySet -> {
            out.number(1, keySet.keys().keySetVersion());
            out.sized(keySet.keys().kic().reveal());
            out.sized(keySet.keys().kid().reveal());
            out.number(5, keySet.lastAccepted().value());
        });
        out.list(state.isdPs(), isdP -> {
            out.sized(isdP.aid().toOctets());
            out.sized(isdP.iccid().map(Iccid::toSwappedOctets).orElse(Octets.EMPTY));
            out.number(1, isdP.state().code());
            out.number(1, isdP.fallback() ? 1 : 0);
            out.number(1, isdP.pol1().bits());
            out.number(4, isdP.grantedMemory());
            out.number(4, isdP.usedMemory());
        });
        out.number(4, state.freeMemory());
        out.number(2, state.lastSequence());
        out.list(state.pending(), notification -> out.sized(notification.encode()));
        out.sized(state.rollBackTo().map(Aid::toOctets).orElse(Octets.EMPTY));
        out.number(1, state.refreshPending() ? 1 : 0);
        out.number(8, state.executions().packets());
        out.list(state.executions().recent(), execution -> {
            out.number(1, execution.keySetVersion());
            out.number(5, execution.counter().value());
            out.number(1, execution.commands());
        });
        ProfileTypeSection.write(out, state);
        GroupSection.write(out, state);
        ExtensionKeySection.write(out, state);
        EcasdSection.write(out, state);
        IsdPSection.write(out, state);
        MnoSdSection.write(out, state);
        ConnectivitySection.write(out, state);
        SequenceNumbersSection.write(out, state);
        ImportedSection.write(out, state);
        PeerSection.write(out, state);
        Octets body = out.octets();
        return body.plus(checksum(body));
    }

    /** Empty when {@code octets} are not a card of this version, whole and undamaged. */
    public static Optional<CardState> decode(Octets octets) {
        int end = octets.length() - CRC;
        if (end <= MAGIC.length() || !octets.slice(0, MAGIC.length()).equals(MAGIC)) {
            return Optional.empty();
        }
        Octets body = octets.slice(0, end);
        if (!checksum(body).equals(octets.from(end))) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(new StateReader(body.from(MAGIC.length()))));
        } catch (BufferUnderflowException | IllegalArgumentException noCardOfThisVersion) {
            return Optional.empty();
        }
    }

    private static CardState read(StateReader in) {
        if (in.number(1) != VERSION) {
            throw new IllegalArgumentException("a card of another version");
        }
        Eid eid = Eid.fromOctets(in.sized());
        List<KeySet> keySets = in.list(
                () -> new KeySet(Scp80Keys.of(in.number(1), in.sized(), in.sized()), new Counter(in.longNumber(5))));
        List<IsdP> isdPs = in.list(() -> isdP(in));
        int freeMemory = in.number(4);
        int lastSequence = in.number(2);
        List<Notification> pending =
                in.list(() -> some(Notification.decode(in.sized()).toOptional()));
        Optional<Aid> rollBackTo = in.optional().map(Aid::of);
        boolean refreshPending = in.number(1) != 0;
        long packets = in.longNumber(8);
        List<ExecutionLog.Execution> recent =
                in.list(() -> new ExecutionLog.Execution(in.number(1), new Counter(in.longNumber(5)), in.number(1)));
        List<IsdP> typed = in.section(ProfileTypeSection.TAG)
                .map(section -> ProfileTypeSection.read(section, isdPs))
                .orElse(isdPs);
        Optional<GroupSection> forGroups = in.section(GroupSection.TAG).map(GroupSection::read);
        Optional<ExtensionKey> key = in.section(ExtensionKeySection.TAG).map(ExtensionKeySection::read);
        Optional<Ecasd> ecasd = in.section(EcasdSection.TAG).map(EcasdSection::read);
        List<IsdP> loaded = IsdPSection.read(in, typed);
        List<IsdP> counted = in.section(MnoSdSection.TAG)
                .map(section -> MnoSdSection.read(section, loaded))
                .orElse(loaded);
        List<IsdP> connected = ConnectivitySection.read(in, counted);
        List<IsdP> whole = ImportedSection.read(in, SequenceNumbersSection.read(in, connected));
        PeerMemory peer = in.section(PeerSection.TAG).map(PeerSection::read).orElse(PeerMemory.NONE);
        in.requireEnd();
        return new CardState(
                eid,
                keySets,
                whole,
                freeMemory,
                lastSequence,
                pending,
                rollBackTo,
                refreshPending,
                new ExecutionLog(
                        packets,
                        recent,
                        forGroups.map(GroupSection::executions).orElse(0L),
                        forGroups.map(GroupSection::recent).orElse(List.of())),
                forGroups.map(GroupSection::groups),
                key,
                ecasd,
                peer);
    }

    private static IsdP isdP(StateReader in) {
        return new IsdP(
                Aid.of(in.sized()),
                in.optional().map(Iccid::fromSwappedOctets),
                some(LifeCycle.ofCode(in.number(1))),
                in.number(1) != 0,
                new Pol1(in.number(1)),
                in.number(4),
                in.number(4),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Counter.ZERO,
                Connectivity.NONE,
                Optional.empty());
    }

    private static <T> T some(Optional<T> value) {
        return value.orElseThrow(() -> new IllegalArgumentException("a field has a value that it cannot have"));
    }

    private static Octets checksum(Octets body) {
        CRC32 crc = new CRC32();
        crc.update(body.toBytes());
        long value = crc.getValue();
        return Octets.ofInts((int) (value >> 24), (int) (value >> 16), (int) (value >> 8), (int) value);
    }
}

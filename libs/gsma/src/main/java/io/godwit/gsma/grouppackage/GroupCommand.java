package io.godwit.gsma.grouppackage;

import io.godwit.gsma.Parsed;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.tlv.Dgi;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the SM-SR tells one card about one of its groups, in a script under the card's own SCP80: STORE DATA to the ISD-R,
 * which hands it to the group extension. {@code 80 E2 88 00 L | 3AF1 to 3AF3 L | fields}, the fields as in a
 * {@link GroupPackage}. A card without the extension answers 6A80.
 */
public sealed interface GroupCommand {
    TenantId tenant();

    Gid gid();

    /**
     * {@code 3AF1 { 81 tenant | 82 gid | 83 epoch | 85 floor | 7F49 key }}: from now on the card is a member. In the place of
     * an earlier configuration of the same group; the floor never falls. Answers: 9000, 6A84 when the card holds as many
     * groups as it can.
     *
     * @param counterFloor packages up to this counter are old
     * @param key the SM-SR's, the only one that packages of this group are to be signed with
     */
    record Join(TenantId tenant, Gid gid, int epoch, Counter counterFloor, EcPublicKey key) implements GroupCommand {
        /** @throws IllegalArgumentException when the epoch is below 1 */
        public Join {
            if (epoch < 1) {
                throw new IllegalArgumentException("epoch: a number from 1 expected");
            }
        }
    }

    /** {@code 3AF2 { 81 tenant | 82 gid }}: it is one no more. Answers: 9000, 6A88 when it was none. */
    record Leave(TenantId tenant, Gid gid) implements GroupCommand {}

    /** {@code 3AF3 { 81 tenant | 82 gid | 85 floor }}: packages up to there are old. Answers: 9000, 6A88 as above. */
    record RaiseFloor(TenantId tenant, Gid gid, Counter counterFloor) implements GroupCommand {}

    /** The one command of the script. */
    default CommandApdu command() {
        List<Tlv> fields = new ArrayList<>();
        fields.add(new Tlv(GroupPackageCodec.TENANT, Octets.utf8(tenant().value())));
        fields.add(new Tlv(GroupPackageCodec.GID, Octets.utf8(gid().value())));
        int dgi = 0x3af2;
        if (this instanceof Join join) {
            dgi = 0x3af1;
            fields.add(new Tlv(GroupPackageCodec.EPOCH, GroupPackageCodec.fourOctets(join.epoch())));
            fields.add(new Tlv(GroupPackageCodec.COUNTER, join.counterFloor().toOctets()));
            fields.add(join.key().toTemplate());
        } else if (this instanceof RaiseFloor raise) {
            dgi = 0x3af3;
            fields.add(new Tlv(GroupPackageCodec.COUNTER, raise.counterFloor().toOctets()));
        }
        Octets content = Octets.concat(fields.stream().map(Tlv::encode).toArray(Octets[]::new));
        return new CommandApdu(0x80, 0xe2, 0x88, 0x00, new Dgi(dgi, content).encode());
    }

    /** What {@code command} says; empty when it is none of these, or malformed. */
    static Optional<GroupCommand> parse(CommandApdu command) {
        if (command.cla() != 0x80 || command.ins() != 0xe2 || command.p1p2() != 0x8800) {
            return Optional.empty();
        }
        return Dgi.decode(command.data())
                .toOptional()
                .flatMap(
                        dgi -> TlvReader.sequence(dgi.value()).toOptional().flatMap(fields -> read(dgi.tag(), fields)));
    }

    private static Optional<GroupCommand> read(int dgi, List<Tlv> fields) {
        int[] tags =
                switch (dgi) {
                    case 0x3af1 ->
                        new int[] {
                            GroupPackageCodec.TENANT,
                            GroupPackageCodec.GID,
                            GroupPackageCodec.EPOCH,
                            GroupPackageCodec.COUNTER,
                            EcPublicKey.TEMPLATE_TAG
                        };
                    case 0x3af2 -> new int[] {GroupPackageCodec.TENANT, GroupPackageCodec.GID};
                    case 0x3af3 ->
                        new int[] {GroupPackageCodec.TENANT, GroupPackageCodec.GID, GroupPackageCodec.COUNTER};
                    default -> new int[0];
                };
        if (tags.length == 0 || fields.size() != tags.length) {
            return Optional.empty();
        }
        for (int i = 0; i < tags.length; i++) {
            if (fields.get(i).tag() != tags[i]) {
                return Optional.empty();
            }
        }
        try {
            TenantId tenant = new TenantId(fields.get(0).value().toUtf8());
            Gid gid = new Gid(fields.get(1).value().toUtf8());
            return switch (dgi) {
                case 0x3af1 -> join(tenant, gid, fields);
                case 0x3af2 -> Optional.of(new Leave(tenant, gid));
                default ->
                    Optional.of(
                            new RaiseFloor(tenant, gid, Counter.of(fields.get(2).value())));
            };
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<GroupCommand> join(TenantId tenant, Gid gid, List<Tlv> fields) {
        if (fields.get(2).value().length() != 4) {
            return Optional.empty();
        }
        int epoch = GroupPackageCodec.number(fields.get(2).value());
        Counter floor = Counter.of(fields.get(3).value());
        Parsed<EcPublicKey> key = EcPublicKey.ofTemplate(fields.get(4));
        return key.toOptional().map(pinned -> new Join(tenant, gid, epoch, floor, pinned));
    }
}

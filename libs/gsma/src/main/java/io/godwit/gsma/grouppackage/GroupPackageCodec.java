package io.godwit.gsma.grouppackage;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.ecdsa.EcdsaSigner;
import io.godwit.gsma.ecdsa.SignedFields;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The octets of a {@link GroupPackage}: {@code BF61 L { 80 01 version | 81 L tenant | 82 L gid | 83 04 epoch | 84 10
 * campaign | 85 05 counter | 86 02 function | A7 L target, not for the audit | 88 or 89 L marks, if any | 5F37 40
 * signature }}. The fields stand in this order and have one form each; the signature is over all octets from 80 up to its
 * own tag.
 */
final class GroupPackageCodec {
    static final int TENANT = 0x81;
    static final int GID = 0x82;
    static final int EPOCH = 0x83;
    static final int COUNTER = 0x85;
    static final int ONLY = 0x88;
    static final int EXCEPT = 0x89;

    private static final int PACKAGE = 0xbf61;
    private static final Tlv VERSION = new Tlv(0x80, Octets.ofInts(1));
    private static final int CAMPAIGN = 0x84;
    private static final int FUNCTION = 0x86;
    private static final int TARGET = 0xa7;

    private GroupPackageCodec() {}

    static Octets encode(GroupPackage content, EcdsaSigner signer) {
        List<Tlv> fields = new ArrayList<>();
        fields.add(VERSION);
        fields.add(new Tlv(TENANT, Octets.utf8(content.tenant().value())));
        fields.add(new Tlv(GID, Octets.utf8(content.gid().value())));
        fields.add(new Tlv(EPOCH, fourOctets(content.epoch())));
        fields.add(new Tlv(CAMPAIGN, octets(content.campaign())));
        fields.add(new Tlv(COUNTER, content.counter().toOctets()));
        fields.add(new Tlv(FUNCTION, content.function().toOctets()));
        content.target().ifPresent(target -> fields.add(Tlv.of(TARGET, target.toTlv())));
        fields.addAll(content.selection().toTlvs());
        return SignedFields.encode(PACKAGE, fields, signer);
    }

    static Parsed<GroupPackage.Signed> decode(Octets octets) {
        return SignedFields.decode(octets, PACKAGE)
                .then(signed -> new Reading(signed.fields())
                        .read()
                        .then(content -> Parsed.read(
                                new GroupPackage.Signed(content, signed.signedPart(), signed.signature(), octets))));
    }

    static Octets fourOctets(int number) {
        return Octets.ofInts(number >>> 24, number >>> 16, number >>> 8, number);
    }

    static Octets octets(UUID id) {
        return Octets.concat(
                fourOctets((int) (id.getMostSignificantBits() >>> 32)),
                fourOctets((int) id.getMostSignificantBits()),
                fourOctets((int) (id.getLeastSignificantBits() >>> 32)),
                fourOctets((int) id.getLeastSignificantBits()));
    }

    /** Takes one field after the other. */
    private static final class Reading {
        private final List<Tlv> fields;
        private int at;

        Reading(List<Tlv> fields) {
            this.fields = fields;
        }

        Parsed<GroupPackage> read() {
            if (fields.isEmpty() || !fields.get(0).equals(VERSION)) {
                return Parsed.malformed(Malformation.UNEXPECTED_TAG);
            }
            at = 1;
            Optional<Octets> tenant = next(TENANT);
            Optional<Octets> gid = next(GID);
            Optional<Octets> epoch = next(EPOCH).filter(value -> value.length() == 4);
            Optional<Octets> campaign = next(CAMPAIGN).filter(value -> value.length() == 16);
            Optional<Octets> counter = next(COUNTER).filter(value -> value.length() == 5);
            Optional<GroupFunction> function = next(FUNCTION).flatMap(GroupFunction::of);
            Optional<Octets> target = next(TARGET);
            Optional<Tlv> list = next(ONLY)
                    .map(marks -> new Tlv(ONLY, marks))
                    .or(() -> next(EXCEPT).map(marks -> new Tlv(EXCEPT, marks)));
            boolean whole = at == fields.size()
                    && tenant.isPresent()
                    && gid.isPresent()
                    && epoch.isPresent()
                    && campaign.isPresent()
                    && counter.isPresent()
                    && function.isPresent();
            if (!whole) {
                return Parsed.malformed(Malformation.MISSING_TAG);
            }
            Parsed<Optional<GroupTarget>> aim = target.isEmpty()
                    ? Parsed.read(Optional.empty())
                    : TlvReader.single(target.get()).then(GroupTarget::read).then(one -> Parsed.read(Optional.of(one)));
            Parsed<Selection> selection =
                    list.isEmpty() ? Parsed.read(new Selection.Everybody()) : Selection.read(list.get());
            return aim.then(aimed -> selection.then(selected -> {
                try {
                    return Parsed.read(new GroupPackage(
                            new TenantId(tenant.get().toUtf8()),
                            new Gid(gid.get().toUtf8()),
                            number(epoch.get()),
                            id(campaign.get()),
                            Counter.of(counter.get()),
                            function.get(),
                            aimed,
                            selected));
                } catch (IllegalArgumentException e) {
                    return Parsed.malformed(Malformation.BAD_VALUE);
                }
            }));
        }

        private Optional<Octets> next(int tag) {
            if (at < fields.size() && fields.get(at).tag() == tag) {
                at++;
                return Optional.of(fields.get(at - 1).value());
            }
            return Optional.empty();
        }
    }

    static int number(Octets four) {
        return four.at(0) << 24 | four.at(1) << 16 | four.at(2) << 8 | four.at(3);
    }

    private static UUID id(Octets sixteen) {
        return new UUID(longOf(sixteen.slice(0, 8)), longOf(sixteen.slice(8, 16)));
    }

    private static long longOf(Octets eight) {
        return (long) number(eight.slice(0, 4)) << 32 | Integer.toUnsignedLong(number(eight.slice(4, 8)));
    }
}

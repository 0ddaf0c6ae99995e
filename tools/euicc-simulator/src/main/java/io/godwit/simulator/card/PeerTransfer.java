package io.godwit.simulator.card;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.certificate.CaCertificate;
import io.godwit.gsma.certificate.CertificateChain;
import io.godwit.gsma.certificate.CertificateRole;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.peer.MovingProfile;
import io.godwit.gsma.peer.PeerExport;
import io.godwit.gsma.peer.PeerKeys;
import io.godwit.gsma.peer.PeerOffer;
import io.godwit.gsma.peer.PeerReceipt;
import io.godwit.gsma.peer.TransferTicket;
import io.godwit.gsma.profile.install.Installation;
import io.godwit.gsma.profile.install.InstalledProfile;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Octets;
import io.godwit.simulator.card.PeerMemory.Locked;
import io.godwit.simulator.card.PeerMemory.Offered;
import io.godwit.simulator.card.PeerMemory.Pending;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A card's part in a move from card to card. The old card locks the profile, and only then exports it; what it has locked is
 * deleted or unlocked by the SM-SR alone. The new card installs it disabled, and waits for the SM-SR to enable it.
 */
final class PeerTransfer {
    private static final int MOST_ISD_PS = 32;

    private final CardState state;
    private final Ecasd ecasd;
    private final ExtensionKey extension;

    private PeerTransfer(CardState state, Ecasd ecasd, ExtensionKey extension) {
        this.state = state;
        this.ecasd = ecasd;
        this.extension = extension;
    }

    /** Of a card that has the keys for it; empty for any other. */
    static Optional<PeerTransfer> of(CardState state) {
        return state.ecasd()
                .flatMap(ecasd -> state.extensionKey().map(extension -> new PeerTransfer(state, ecasd, extension)));
    }

    /** What becomes of a message. */
    sealed interface Result {}

    record Said(CardState next, Octets message) implements Result {}

    record Refused(PeerRefusal why) implements Result {}

    private static Result refused(PeerRefusal why) {
        return new Refused(why);
    }

    /** The new card is given its ticket: the same one gets the same offer. */
    Result offer(Octets octets, long now) {
        Optional<TransferTicket.Signed> read = TransferTicket.decode(octets).toOptional();
        if (read.isEmpty()) {
            return refused(PeerRefusal.MALFORMED);
        }
        TransferTicket ticket = read.get().content();
        Optional<PeerRefusal> refusal = refusal(read.get(), ticket.to(), now);
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        if (!ticket.names(ecasd.certificate()) || !extension.eumCertificate().equals(ecasd.eumCertificate())) {
            return refused(PeerRefusal.BAD_CERTIFICATE);
        }
        if (state.profile(ticket.iccid()).isPresent()) {
            return refused(PeerRefusal.ICCID_ON_CARD);
        }
        Optional<Offered> again = state.peer().offered().filter(offered -> isFor(offered, ticket));
        return again.<Result>map(offered -> new Said(state, offered.octets())).orElseGet(() -> freshOffer(read.get()));
    }

    /** The SM-SR may have signed it anew. */
    private static boolean isFor(Offered offered, TransferTicket ticket) {
        return PeerOffer.decode(offered.octets())
                .toOptional()
                .filter(offer -> offer.content().ticket().content().equals(ticket))
                .isPresent();
    }

    private Result freshOffer(TransferTicket.Signed ticket) {
        Octets nonce = ecasd.random();
        Ecasd drawn = ecasd.afterRandom();
        try (EcKeyPair ephemeral = drawn.ephemeral()) {
            Octets offer = new PeerOffer(
                            ticket,
                            ecasd.certificate(),
                            ecasd.eumCertificate(),
                            ephemeral.publicKey(),
                            nonce,
                            extension.certificate())
                    .sign(extension.key());
            Offered offered = new Offered(offer, SecretOctets.copyOf(ephemeral.reveal()));
            return new Said(state.with(drawn.afterEphemeral()).with(state.peer().with(offered)), offer);
        }
    }

    /** The old card is shown an offer. It locks the profile for it, and exports it; the same offer gets the same again. */
    Result export(Octets octets, long now) {
        Optional<PeerOffer.Signed> read = PeerOffer.decode(octets).toOptional();
        if (read.isEmpty()) {
            return refused(PeerRefusal.MALFORMED);
        }
        PeerOffer.Signed offer = read.get();
        TransferTicket ticket = offer.content().ticket().content();
        Optional<Locked> before =
                state.peer().locked().filter(locked -> locked.ticket().equals(ticket.id()));
        if (before.isPresent()) {
            return before.get().offerHash().equals(offer.hash())
                    ? sealed(state, before.get(), offer)
                    : refused(PeerRefusal.OTHER_OFFER);
        }
        Optional<PeerRefusal> refusal = refusal(offer.content().ticket(), ticket.from(), now)
                .or(() -> refusal(offer))
                .or(() -> state.peer().locked().map(other -> PeerRefusal.BUSY));
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        return state.profile(ticket.iccid())
                .filter(isdP -> isdP.profilePackage().isPresent())
                .map(isdP -> whyItStays(isdP).<Result>map(Refused::new).orElseGet(() -> lock(isdP, ticket, offer)))
                .orElseGet(() -> refused(PeerRefusal.PROFILE_NOT_FOUND));
    }

    private Optional<PeerRefusal> refusal(PeerOffer.Signed offer) {
        PeerOffer content = offer.content();
        Eid to = content.ticket().content().to();
        if (!content.ticket().content().names(content.ecasd())
                || !isOfCard(content.ecasd(), CertificateRole.ECASD, to, content.eumCertificate())
                || !isOfCard(content.extension(), CertificateRole.EXTENSION, to, content.eumCertificate())) {
            return Optional.of(PeerRefusal.BAD_CERTIFICATE);
        }
        return offer.isGenuine() ? Optional.empty() : Optional.of(PeerRefusal.BAD_SIGNATURE);
    }

    private Optional<PeerRefusal> whyItStays(IsdP isdP) {
        if (isdP.fallback() || isdP.pol1().forbidsDisabling()) {
            return Optional.of(PeerRefusal.STAYS_HERE);
        }
        boolean free = state.unconfirmedChange().isEmpty()
                && state.rollBackTo().isEmpty()
                && state.peer().isFree(isdP.aid());
        return free ? Optional.empty() : Optional.of(PeerRefusal.BUSY);
    }

    /** One step: who stores the next state has stored the lock, and only then may the export leave. */
    private Result lock(IsdP isdP, TransferTicket ticket, PeerOffer.Signed offer) {
        try (EcKeyPair ephemeral = ecasd.ephemeral()) {
            Locked locked = new Locked(isdP.aid(), ticket.id(), offer.hash(), SecretOctets.copyOf(ephemeral.reveal()));
            CardState disabled = isdP.isEnabled() ? ProfileChange.handedOver(state) : state;
            CardState next = disabled.with(ecasd.afterEphemeral())
                    .with(state.peer().notBelow(ticket.counter()).with(locked));
            return sealed(next, locked, offer);
        }
    }

    private Result sealed(CardState next, Locked locked, PeerOffer.Signed offer) {
        IsdP isdP = next.isdP(locked.isdP()).orElseThrow();
        MovingProfile profile = new MovingProfile(
                isdP.profilePackage().orElseThrow(),
                isdP.iccid().orElseThrow(),
                isdP.pol1(),
                isdP.mnoCounter(),
                isdP.grantedMemory(),
                isdP.sequenceNumbers(),
                isdP.connectivity().sms(),
                isdP.connectivity().bearer());
        try (EcKeyPair ephemeral = locked.key()) {
            PeerKeys keys = PeerKeys.ofOld(ephemeral, offer.content());
            Optional<Octets> segments = PeerExport.seal(profile, keys);
            keys.destroy();
            return segments.<Result>map(octets -> new Said(
                            next,
                            new PeerExport(
                                            locked.ticket(),
                                            locked.offerHash(),
                                            ephemeral.publicKey(),
                                            extension.certificate(),
                                            extension.eumCertificate(),
                                            octets)
                                    .sign(extension.key())))
                    .orElseGet(() -> refused(PeerRefusal.STAYS_HERE));
        }
    }

    /** The new card is given what it has asked for; the same once more gets the same receipt. */
    Result install(Octets octets) {
        Optional<PeerExport.Signed> read = PeerExport.decode(octets).toOptional();
        if (read.isEmpty()) {
            return refused(PeerRefusal.MALFORMED);
        }
        PeerExport export = read.get().content();
        Optional<Pending> before =
                state.peer().pending().filter(pending -> pending.ticket().equals(export.ticket()));
        if (before.isPresent()) {
            return new Said(state, before.get().receipt());
        }
        Optional<Offered> offered =
                state.peer().offered().filter(one -> one.octets().sha256().equals(export.offerHash()));
        if (offered.isEmpty()) {
            return refused(PeerRefusal.NOT_OFFERED);
        }
        TransferTicket ticket = PeerOffer.decode(offered.get().octets())
                .toOptional()
                .orElseThrow()
                .content()
                .ticket()
                .content();
        if (ticket.counter().compareTo(state.peer().floor()) <= 0) {
            return refused(PeerRefusal.OLD_TICKET);
        }
        if (!ticket.id().equals(export.ticket())) {
            return refused(PeerRefusal.OTHER_OFFER);
        }
        if (!isOfCard(export.extension(), CertificateRole.EXTENSION, ticket.from(), export.eumCertificate())) {
            return refused(PeerRefusal.BAD_CERTIFICATE);
        }
        return read.get().isGenuine() ? open(read.get(), ticket, offered.get()) : refused(PeerRefusal.BAD_SIGNATURE);
    }

    private Result open(PeerExport.Signed export, TransferTicket ticket, Offered offered) {
        try (EcKeyPair certified = ecasd.key();
                EcKeyPair ephemeral = offered.key()) {
            PeerKeys keys =
                    PeerKeys.ofNew(certified, ephemeral, export.content().ephemeral(), ticket);
            Result result = export.content()
                    .open(keys)
                    .filter(profile -> profile.iccid().equals(ticket.iccid()))
                    .map(profile -> install(profile, ticket, export, keys))
                    .orElseGet(() -> refused(PeerRefusal.NOT_READABLE));
            keys.destroy();
            return result;
        }
    }

    private Result install(MovingProfile profile, TransferTicket ticket, PeerExport.Signed export, PeerKeys keys) {
        if (state.profile(profile.iccid()).isPresent()) {
            return refused(PeerRefusal.ICCID_ON_CARD);
        }
        Optional<Aid> place = freePlace();
        if (profile.grantedMemory() > state.freeMemory() || place.isEmpty()) {
            return refused(PeerRefusal.NOT_ENOUGH_MEMORY);
        }
        Installation installation = Installation.start(profile.grantedMemory())
                .feed(profile.profilePackage().reveal());
        if (!(installation.state() instanceof Installation.Finished finished)
                || !finished.profile().iccid().equals(Optional.of(profile.iccid()))) {
            return refused(PeerRefusal.NOT_READABLE);
        }
        Octets receipt = PeerReceipt.of(ticket.id(), ticket.iccid(), export.octets(), keys)
                .encode();
        PeerMemory next = state.peer().notBelow(ticket.counter()).with(new Pending(place.get(), ticket.id(), receipt));
        IsdP installed = installed(place.get(), profile, finished.profile());
        return new Said(state.with(installed).with(next), receipt);
    }

    private static IsdP installed(Aid place, MovingProfile profile, InstalledProfile content) {
        IsdP isdP = IsdP.created(place, profile.grantedMemory())
                .withProfile(profile.iccid(), content, profile.profilePackage())
                .withPol1(profile.pol1())
                .withMnoCounter(profile.mnoCounter())
                .withConnectivity(new Connectivity(profile.sms(), profile.bearer()));
        return profile.sequenceNumbers().map(isdP::withSequenceNumbers).orElse(isdP);
    }

    private Optional<Aid> freePlace() {
        return IntStream.range(0, MOST_ISD_PS)
                .mapToObj(SecurityDomains::isdP)
                .filter(aid -> state.isdP(aid).isEmpty())
                .findFirst();
    }

    /** What is wrong with a ticket for the card {@code named}; the signature is checked last, for it costs most. */
    private Optional<PeerRefusal> refusal(TransferTicket.Signed signed, Eid named, long now) {
        TransferTicket ticket = signed.content();
        Optional<GroupConfiguration> group =
                state.groups().flatMap(groups -> groups.find(ticket.tenant(), ticket.gid()));
        if (group.isEmpty()) {
            return Optional.of(PeerRefusal.NOT_IN_GROUP);
        }
        if (!named.equals(state.eid())) {
            return Optional.of(PeerRefusal.OTHER_CARD);
        }
        if (ticket.isExpired(now)) {
            return Optional.of(PeerRefusal.EXPIRED);
        }
        if (ticket.counter().compareTo(state.peer().floor()) <= 0) {
            return Optional.of(PeerRefusal.OLD_TICKET);
        }
        return signed.isBy(group.get().key()) ? Optional.empty() : Optional.of(PeerRefusal.FORGED_TICKET);
    }

    private boolean isOfCard(GpCertificate certificate, CertificateRole role, Eid eid, Octets eum) {
        return CaCertificate.decode(eum)
                .toOptional()
                .filter(issuer ->
                        CertificateChain.isOfCard(certificate, role, eid, issuer, ecasd.ciKeyId(), ecasd.ciKey()))
                .isPresent();
    }
}

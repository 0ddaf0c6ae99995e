package io.godwit.provisioning.postgres;

import io.godwit.gsma.es5.Notification;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.gsma.peer.PeerCommand;
import io.godwit.gsma.scp03.ChannelState;
import io.godwit.gsma.scp03.SecurityLevel;
import io.godwit.gsma.scp03.SequenceCounter;
import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Fields;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.provisioning.procedure.Doubt;
import io.godwit.provisioning.procedure.Download;
import io.godwit.provisioning.procedure.Pending;
import io.godwit.provisioning.procedure.ProcedureState;
import io.godwit.provisioning.procedure.Profile;
import io.godwit.provisioning.procedure.Purpose;
import io.godwit.provisioning.smdp.DownloadSecrets;
import io.godwit.provisioning.smdp.DownloadSession;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The JSON columns of a procedure: its purpose, and what its state holds besides the pending message. */
final class ProcedureTexts {
    private ProcedureTexts() {}

    static String purpose(Purpose purpose) {
        if (purpose instanceof Purpose.Carry carry) {
            ProfileOwner owner = carry.owner();
            return CardTexts.write(Json.object()
                    .put("kind", "carry")
                    .put("inGroup", carry.inGroup())
                    .put("function", carry.function().toJson())
                    .put("owner", owner == null ? null : owner.name()));
        }
        if (purpose instanceof Purpose.DownloadProfile asked) {
            return CardTexts.write(Json.object()
                    .put("kind", "download")
                    .put("profile", asked.profile().toJson()));
        }
        if (purpose instanceof Purpose.Discard discard) {
            return CardTexts.write(Json.object()
                    .put("kind", "discard")
                    .put("isdP", discard.isdP().hex())
                    .put("sent", discard.sent()));
        }
        if (purpose instanceof Purpose.OrderPeer order) {
            return CardTexts.write(peer(order));
        }
        if (purpose instanceof Purpose.Configure) {
            return CardTexts.write(Json.object().put("kind", "configure"));
        }
        if (purpose instanceof Purpose.Acknowledge acknowledge) {
            return CardTexts.write(Json.object()
                    .put("kind", "acknowledge")
                    .put("d1", acknowledge.d1())
                    .put("notification", notification(acknowledge.notification()))
                    .put("attachRefused", acknowledge.attachRefused()));
        }
        return CardTexts.write(Json.object()
                .put("kind", purpose instanceof Purpose.DeleteFormerKeys ? "delete-former-keys" : "settle"));
    }

    static Purpose purpose(String text) {
        Fields fields = CardTexts.read(text);
        return switch (fields.text("kind")) {
            case "carry" ->
                new Purpose.Carry(
                        EsFunction.fromJson(fields.object("function")),
                        fields.truthOr("inGroup", false),
                        fields.findValue("owner", ProfileOwner::new).orElse(null));
            case "download" -> new Purpose.DownloadProfile(ProfileDownload.fromJson(fields.object("profile")));
            case "discard" -> new Purpose.Discard(fields.value("isdP", Aid::new), fields.truth("sent"));
            case "peer" -> peer(fields);
            case "configure" -> new Purpose.Configure();
            case "delete-former-keys" -> new Purpose.DeleteFormerKeys();
            case "acknowledge" ->
                new Purpose.Acknowledge(
                        fields.text("d1"),
                        notification(fields.object("notification")),
                        fields.findText("attachRefused").orElse(null));
            default -> new Purpose.Settle();
        };
    }

    private static Json.ObjectBuilder peer(Purpose.OrderPeer order) {
        PeerCommand command = order.command();
        Profile copyOf = order.copyOf();
        return Json.object()
                .put("kind", "peer")
                .put(
                        "order",
                        command instanceof PeerCommand.RaiseFloor
                                ? "raise-floor"
                                : command instanceof PeerCommand.Unlock ? "unlock" : "ask")
                .put("ticket", command.ticket().toString())
                .put("iccid", command.iccid().digits())
                .put("counter", command.counter().value())
                .put("copyOf", copyOf == null ? null : CardTexts.profile(copyOf));
    }

    private static Purpose.OrderPeer peer(Fields fields) {
        UUID ticket = fields.value("ticket", UUID::fromString);
        Iccid iccid = fields.value("iccid", Iccid::new);
        Counter counter = new Counter(fields.number("counter"));
        return new Purpose.OrderPeer(
                switch (fields.text("order")) {
                    case "raise-floor" -> new PeerCommand.RaiseFloor(ticket, iccid, counter);
                    case "unlock" -> new PeerCommand.Unlock(ticket, iccid, counter);
                    default -> new PeerCommand.Ask(ticket, iccid, counter);
                },
                fields.findObject("copyOf").map(CardTexts::profile).orElse(null));
    }

    static String detail(ProcedureState state) {
        Json.ObjectBuilder json = Json.object();
        if (state instanceof ProcedureState.Auditing auditing) {
            json.put("doubt", auditing.doubt().name());
        } else if (state instanceof ProcedureState.Confirming confirming) {
            json.put("notification", notification(confirming.notification()))
                    .put("resolution", confirming.resolution().toJson());
        } else if (state instanceof ProcedureState.Ended ended) {
            json.put("outcome", ended.outcome().toJson());
        }
        return CardTexts.write(json);
    }

    static ProcedureState state(String kind, String detail, @Nullable Pending pending) {
        ProcedureState.Kind state = ProcedureState.Kind.of(kind);
        return switch (state) {
            case QUEUED -> new ProcedureState.Queued();
            case SUMMONED -> new ProcedureState.Summoned();
            case READY -> new ProcedureState.Ready();
            case DEFERRED -> new ProcedureState.Deferred();
            case AWAITING_NOTIFICATION -> new ProcedureState.AwaitingNotification();
            case ENDED ->
                new ProcedureState.Ended(Outcome.fromJson(CardTexts.read(detail).object("outcome")));
            case TRIGGERED,
                    COMMANDED,
                    CREATING,
                    PRESENTING,
                    ESTABLISHING,
                    DOWNLOADING,
                    FINALISING,
                    CONFIRMING,
                    AUDITING -> {
                if (pending == null) {
                    throw new IllegalStateException("a stored procedure has no message in state " + kind);
                }
                yield outstanding(state, detail, pending);
            }
        };
    }

    private static ProcedureState outstanding(ProcedureState.Kind state, String detail, Pending pending) {
        if (state == ProcedureState.Kind.TRIGGERED) {
            return new ProcedureState.Triggered(pending);
        }
        if (state == ProcedureState.Kind.COMMANDED) {
            return new ProcedureState.Commanded(pending);
        }
        if (state != ProcedureState.Kind.AUDITING && state != ProcedureState.Kind.CONFIRMING) {
            return new ProcedureState.InStep(state, pending);
        }
        Fields fields = CardTexts.read(detail);
        return state == ProcedureState.Kind.AUDITING
                ? new ProcedureState.Auditing(pending, fields.value("doubt", Doubt::valueOf))
                : new ProcedureState.Confirming(
                        pending,
                        notification(fields.object("notification")),
                        Outcome.fromJson(fields.object("resolution")));
    }

    /** Where a download stands, without its secrets; {@code null} where there is none. */
    static @Nullable String download(@Nullable Download download) {
        if (download == null) {
            return null;
        }
        Json.ObjectBuilder json =
                Json.object().put("installed", download.installed()).put("interruptions", download.interruptions());
        download.memory().ifPresent(octets -> json.put("memory", octets));
        download.session()
                .ifPresent(session -> json.put(
                        "session",
                        Json.object()
                                .put("hostChallenge", session.hostChallenge().toHex())
                                .put("counter", session.counter().value())
                                .put("maxTlv", session.maxTlv())
                                .put("first", session.first())
                                .put("sent", session.sent())
                                .put(
                                        "macChainingValue",
                                        session.state().macChainingValue().toHex())
                                .put("commands", session.state().commands())
                                .build()));
        return CardTexts.write(json);
    }

    /** The same, with its secrets. */
    static Download download(String text, DownloadSecrets secrets) {
        Fields fields = CardTexts.read(text);
        return new Download(
                secrets,
                fields.findObject("session").map(ProcedureTexts::session),
                fields.smallNumber("interruptions"),
                fields.truth("installed"),
                fields.object().number("memory").map(Math::toIntExact));
    }

    private static DownloadSession session(Fields fields) {
        return new DownloadSession(
                fields.value("hostChallenge", Octets::fromHex),
                new SequenceCounter(fields.smallNumber("counter")),
                fields.smallNumber("maxTlv"),
                fields.smallNumber("first"),
                fields.smallNumber("sent"),
                new ChannelState(
                        fields.value("macChainingValue", Octets::fromHex),
                        fields.smallNumber("commands"),
                        SecurityLevel.C_DECRYPTION_R_ENCRYPTION_C_MAC_R_MAC));
    }

    private static Json.Obj notification(Notification notification) {
        return Json.object()
                .put("eid", notification.eid().digits())
                .put("type", notification.type().name())
                .put("sequence", notification.sequence())
                .put("enabled", notification.enabledIsdP().hex())
                .build();
    }

    private static Notification notification(Fields fields) {
        return new Notification(
                fields.value("eid", Eid::new),
                fields.value("type", NotificationType::valueOf),
                fields.smallNumber("sequence"),
                fields.value("enabled", Aid::new));
    }
}

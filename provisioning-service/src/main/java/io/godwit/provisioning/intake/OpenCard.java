package io.godwit.provisioning.intake;

import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.EventRecord;
import io.godwit.provisioning.keys.DataKey;
import io.godwit.provisioning.postgres.CardRow;
import io.godwit.provisioning.procedure.CardDecision;
import io.godwit.provisioning.procedure.CardFile;
import io.godwit.provisioning.procedure.Download;
import io.godwit.provisioning.procedure.Fact;
import io.godwit.provisioning.procedure.GroupRequest;
import io.godwit.provisioning.procedure.Outgoing;
import io.godwit.provisioning.procedure.Procedure;
import io.godwit.provisioning.procedure.ProcedureState;
import io.godwit.provisioning.procedure.Profile;
import io.godwit.provisioning.procedure.Purpose;
import io.godwit.provisioning.replacement.Hold;
import io.godwit.provisioning.replacement.Quarantine;
import io.godwit.provisioning.smdp.DownloadSecrets;
import io.godwit.provisioning.smdp.IsdPKeySet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A card between its lock and its commit: what it was, what it is by now, what is to be told and sent. */
final class OpenCard {
    private final CardRow before;
    private final Map<UUID, Procedure> procedures = new LinkedHashMap<>();
    private final Map<UUID, Procedure> touched = new LinkedHashMap<>();
    private final List<Fact> facts = new ArrayList<>();
    private final List<Outgoing> send = new ArrayList<>();
    private final Map<UUID, String> stood = new HashMap<>();
    private final List<GroupRequest> groupRequests = new ArrayList<>();
    private final Map<UUID, DownloadSecrets> storedSecrets = new HashMap<>();
    private final List<DownloadSecrets> openSecrets = new ArrayList<>();
    private final Map<Aid, IsdPKeySet> storedKeySets = new HashMap<>();
    private final List<IsdPKeySet> openKeySets = new ArrayList<>();
    private boolean removed;
    private @Nullable Hold hold;
    private @Nullable Quarantine quarantine;
    private final Set<Iccid> gone = new HashSet<>();
    private CardFile file;
    private long eventSequence;
    private int keySetVersion;
    private boolean ownKeys;
    private @Nullable Octets wrappedKeys;
    private @Nullable Scp80Keys keys;

    OpenCard(CardRow row, CardFile file) {
        this.before = row;
        this.file = file;
        this.eventSequence = row.eventSequence();
        this.keySetVersion = row.keySetVersion();
        this.ownKeys = row.ownKeys();
        this.wrappedKeys = row.wrappedKeys();
        this.hold = row.hold();
        this.quarantine = row.quarantine();
        file.procedures().forEach(procedure -> {
            procedures.put(procedure.id(), procedure);
            stood.put(procedure.id(), standing(procedure));
            Download download = procedure.download();
            if (download != null) {
                storedSecrets.put(procedure.id(), download.secrets());
                openSecrets.add(download.secrets());
            }
        });
    }

    CardFile file() {
        return file;
    }

    /** What the SM-DP keeps of the card's ISD-Ps, as it is stored; what was decided here already is newer. */
    void know(Map<Aid, IsdPKeySet> stored) {
        storedKeySets.putAll(stored);
        openKeySets.addAll(stored.values());
        Map<Aid, IsdPKeySet> known = new HashMap<>(stored);
        known.putAll(file.card().isdPKeys());
        file = new CardFile(file.card().knowing(known), file.procedures());
    }

    /** @param hearsay whether somebody has said what the card holds, and not the card itself: no profile is gone by that */
    void accept(CardDecision decision, boolean hearsay) {
        CardFile former = file;
        file = decision.next();
        if (!hearsay) {
            noteGone(former, decision);
        } else {
            // Of a download that had not begun there is nothing on the card, whoever says what.
            decision.ended().stream()
                    .filter(procedure -> procedure.target() == null)
                    .forEach(procedure -> downloaded(procedure, gone::add));
        }
        openKeySets.addAll(file.card().isdPKeys().values());
        file.procedures().forEach(this::touch);
        decision.ended().forEach(this::touch);
        facts.addAll(decision.facts());
        send.addAll(decision.send());
        groupRequests.addAll(decision.groupRequests());
    }

    private void touch(Procedure procedure) {
        Download download = procedure.download();
        if (download != null) {
            openSecrets.add(download.secrets());
        }
        if (!procedure.equals(procedures.put(procedure.id(), procedure))) {
            touched.put(procedure.id(), procedure);
        }
    }

    /** The card's keys in clear, until {@link #close}. */
    Scp80Keys keys(DataKey dataKey) {
        Scp80Keys open = keys;
        if (open == null) {
            Octets wrapped = wrappedKeys;
            if (wrapped == null) {
                throw new IllegalStateException("a registered card has no keys");
            }
            open = dataKey.unwrap(file.card().nid(), keySetVersion, wrapped);
            keys = open;
        }
        return open;
    }

    /** The profile that a replacement keeps for itself on the card. */
    Optional<Hold> hold() {
        return Optional.ofNullable(hold);
    }

    /** {@code null}: nothing any more. */
    void hold(@Nullable Hold next) {
        hold = next;
    }

    boolean hasOtherHold() {
        return !Objects.equals(hold, before.hold());
    }

    /** The profile that is to go before anything else comes to the card. */
    Optional<Quarantine> quarantine() {
        return Optional.ofNullable(quarantine);
    }

    /** It ends by itself: a step that is over leaves nothing. */
    void quarantine(Quarantine next) {
        quarantine = next.over() ? null : next;
    }

    boolean hasOtherQuarantine() {
        return !Objects.equals(quarantine, before.quarantine());
    }

    /** Whether the SM-SR has made its keys itself. */
    boolean hasOwnKeys() {
        return ownKeys;
    }

    /** @param own whether the SM-SR has made them itself */
    void putKeys(Scp80Keys next, Octets wrapped, boolean own) {
        close();
        ownKeys = own;
        keys = next;
        keySetVersion = next.keySetVersion();
        wrappedKeys = wrapped;
    }

    /** The card was taken out of the fleet: nobody needs its keys any more. */
    void dropKeys() {
        close();
        removed = true;
        ownKeys = false;
        wrappedKeys = null;
    }

    /**
     * The card's events, numbered. Of several steps of a procedure within one transaction only the last is told: nobody
     * could have seen the others.
     */
    List<EventRecord.OfCard> events(Instant now, TenantId tenant) {
        List<Fact> told = new ArrayList<>();
        Set<String> progressed = new HashSet<>();
        for (int i = facts.size() - 1; i >= 0; i--) {
            Fact fact = facts.get(i);
            String procedure = fact instanceof Fact.Progressed step
                    ? step.procedure()
                    : fact instanceof Fact.Ended ended ? ended.procedure() : null;
            boolean isLast = procedure == null || progressed.add(procedure);
            if (isLast) {
                told.add(0, fact);
            }
        }
        List<EventRecord.OfCard> events = new ArrayList<>();
        for (Fact fact : told) {
            eventSequence++;
            events.add(fact.toRecord(now, tenant, file.card().nid(), eventSequence));
        }
        return events;
    }

    boolean isChanged() {
        // What is kept of ISD-Ps is stored by itself.
        return !file.card().knowing(Map.of()).equals(before.card()) || eventSequence != before.eventSequence();
    }

    boolean hasNewKeys() {
        return !Objects.equals(wrappedKeys, before.wrappedKeys());
    }

    CardRow row() {
        return new CardRow(file.card(), eventSequence, keySetVersion, ownKeys, wrappedKeys, hold, quarantine);
    }

    Collection<Procedure> touched() {
        return touched.values();
    }

    /** Downloads whose secrets are new or others than those that are stored. */
    Map<UUID, DownloadSecrets> changedSecrets() {
        Map<UUID, DownloadSecrets> changed = new HashMap<>();
        for (Procedure procedure : touched.values()) {
            Download download = procedure.download();
            if (download != null && !download.secrets().equals(storedSecrets.get(procedure.id()))) {
                changed.put(procedure.id(), download.secrets());
            }
        }
        return changed;
    }

    /** The keys of ISD-Ps that are new or others than those that are stored. */
    Map<Aid, IsdPKeySet> changedKeySets() {
        Map<Aid, IsdPKeySet> changed = new HashMap<>(file.card().isdPKeys());
        changed.entrySet().removeIf(kept -> kept.getValue().equals(storedKeySets.get(kept.getKey())));
        return changed;
    }

    /** ISD-Ps whose keys nobody needs any more: they are gone, or the card is. */
    List<Aid> goneIsdPs() {
        return before.card().eis().profiles().stream()
                .map(Profile::aid)
                .filter(isdP -> removed || file.card().eis().find(isdP).isEmpty())
                .toList();
    }

    /** ICCIDs that the card holds no more, and is not about to get: profiles that went, and downloads that came to nothing. */
    Set<Iccid> goneIccids() {
        if (gone.isEmpty()) {
            return Set.of();
        }
        Set<Iccid> free = new HashSet<>(gone);
        free.removeAll(held(file));
        return free;
    }

    private void noteGone(CardFile before, CardDecision decision) {
        if (before.card().eis().equals(file.card().eis()) && decision.ended().isEmpty()) {
            return;
        }
        gone.addAll(held(before));
        decision.ended().forEach(procedure -> downloaded(procedure, gone::add));
    }

    /** What is on the card by its EIS, or on its way there. */
    private static Set<Iccid> held(CardFile file) {
        Set<Iccid> held = new HashSet<>();
        file.card().eis().profiles().forEach(profile -> held.add(profile.state().iccid()));
        file.procedures().forEach(procedure -> downloaded(procedure, held::add));
        return held;
    }

    private static void downloaded(Procedure procedure, Consumer<Iccid> iccid) {
        if (procedure.purpose() instanceof Purpose.DownloadProfile download) {
            iccid.accept(download.profile().iccid());
        }
    }

    /** Downloads that need no secrets any more. */
    List<UUID> endedDownloads() {
        return touched.values().stream()
                .filter(procedure -> procedure.download() == null && storedSecrets.containsKey(procedure.id()))
                .map(Procedure::id)
                .toList();
    }

    /** Orders on whole groups that were granted to the card. */
    List<GroupRequest> groupRequests() {
        return groupRequests;
    }

    /** Adds to {@code differences}, for each operation in group mode and each state, how many members more stand there. */
    void countMoves(Map<String, Map<String, Integer>> differences) {
        for (Procedure procedure : touched.values()) {
            if (procedure.function().isPresent() && procedure.isInGroup()) {
                Map<String, Integer> ofOperation =
                        differences.computeIfAbsent(procedure.operation(), operation -> new HashMap<>());
                String before = stood.get(procedure.id());
                if (before != null) {
                    ofOperation.merge(before, -1, Integer::sum);
                }
                ofOperation.merge(standing(procedure), 1, Integer::sum);
            }
        }
    }

    private static String standing(Procedure procedure) {
        if (!(procedure.state() instanceof ProcedureState.Ended ended)) {
            return procedure.state().kind().literal();
        }
        return switch (ended.outcome().status()) {
            case EXECUTED_SUCCESS, EXECUTED_WITH_WARNING -> "Succeeded";
            case FAILED -> "Failed";
            case EXPIRED -> "Expired";
        };
    }

    List<Outgoing> send() {
        return send;
    }

    void close() {
        Scp80Keys open = keys;
        if (open != null) {
            open.destroy();
            keys = null;
        }
    }

    /** Wipes all that was in clear. */
    void closeWithSecrets() {
        close();
        openSecrets.forEach(DownloadSecrets::destroy);
        openKeySets.forEach(IsdPKeySet::destroy);
    }
}

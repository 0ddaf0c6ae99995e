package io.godwit.registry.ingest;

import io.godwit.protocol.Nid;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Pol2Rule;
import io.godwit.protocol.record.ProfileState;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.sql.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The profiles of cards, written a slice at a time; what the EIS said beside stays, and POL2 and owner where they are not told. */
final class ProfileTables {
    private static final String PUT_PROFILES = """
            INSERT INTO euicc_profile AS p (tenant_id, nid, isd_p_aid, iccid, state, fallback_attribute, pol2, owner)
            SELECT ?, n, a, i, s, f::boolean, r, w
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                AS v(n, a, i, s, f, r, w)
            ON CONFLICT (tenant_id, nid, isd_p_aid) DO UPDATE
            SET state = excluded.state, fallback_attribute = excluded.fallback_attribute,
                pol2 = coalesce(excluded.pol2, p.pol2), owner = coalesce(excluded.owner, p.owner)
            WHERE (p.state, p.fallback_attribute, p.pol2, p.owner) IS DISTINCT FROM
                (excluded.state, excluded.fallback_attribute, coalesce(excluded.pol2, p.pol2),
                 coalesce(excluded.owner, p.owner))""";

    private final Connection connection;
    private final TenantId tenant;

    ProfileTables(Connection connection, TenantId tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /**
     * @param pol2 JSON; {@code null}: not told
     * @param owner {@code null}: not told
     */
    private record Owned(
            Nid nid,
            String isdPAid,
            String iccid,
            String state,
            boolean fallback,
            @Nullable String pol2,
            @Nullable ProfileOwner owner) {
        static Owned of(Nid nid, ProfileState profile) {
            return new Owned(
                    nid,
                    profile.isdPAid().hex(),
                    profile.iccid().digits(),
                    profile.state().literal(),
                    profile.fallbackAttribute(),
                    profile.findPol2().map(Owned::json).orElse(null),
                    profile.owner());
        }

        private static String json(List<Pol2Rule> rules) {
            return JsonWriter.write(new Json.Arr(
                            rules.stream().<Json>map(Pol2Rule::toEis).toList()))
                    .toUtf8();
        }

        /**
         * Whether it has another POL2.
         *
         * @param ordered whether that is why it is told; else to be told for the first time is no change
         */
        boolean hasOtherPol2(Owned old, boolean ordered) {
            return pol2 != null && !pol2.equals(old.pol2) && (ordered || old.pol2 != null);
        }

        boolean isOther(Owned old, boolean ordered) {
            return !state.equals(old.state) || fallback != old.fallback || hasOtherPol2(old, ordered);
        }

        /** An ISD-P's AID may be another profile's later. */
        String place() {
            return nid + "/" + isdPAid + "/" + iccid;
        }
    }

    /** @return each profile that went or changed, for the audit */
    List<AuditFact> apply(List<CardChange> changes) throws SQLException {
        Map<String, Owned> before = read(changes.stream().map(CardChange::nid).toList());
        List<AuditFact> facts = new ArrayList<>();
        List<Owned> now = new ArrayList<>();
        for (CardChange change : changes) {
            CardChange.Profiles profiles = change.profiles();
            if (profiles != null) {
                boolean ordered = profiles.cause().equals(EsFunction.Name.UPDATE_POLICY_RULES.literal());
                for (ProfileState profile : profiles.states()) {
                    if (profile.state() != ProfileState.State.DELETED) {
                        Owned owned = Owned.of(change.nid(), profile);
                        now.add(owned);
                        Owned old = before.remove(owned.place());
                        if (old != null && owned.isOther(old, ordered)) {
                            String policy = owned.hasOtherPol2(old, ordered) ? policy(profile) : "";
                            facts.add(changed(change, profiles.cause(), old, owned, policy));
                        }
                    }
                }
            }
        }
        List<Owned> gone = List.copyOf(before.values());
        delete(gone);
        put(now);
        release(gone);
        for (CardChange change : changes) {
            for (Owned old : gone) {
                if (old.nid().equals(change.nid())) {
                    facts.add(fact(change).detail("ICCID " + old.iccid() + ": " + old.state() + " -> Deleted"));
                }
            }
        }
        return facts;
    }

    private static String policy(ProfileState profile) {
        List<Pol2Rule> rules = profile.findPol2().orElse(List.of());
        return rules.isEmpty()
                ? ", POL2 none"
                : rules.stream().map(Pol2Rule::sentence).collect(Collectors.joining(", ", ", POL2 ", ""));
    }

    private static AuditFact changed(CardChange change, String cause, Owned old, Owned owned, String policy) {
        String fallback = old.fallback() == owned.fallback()
                ? ""
                : owned.fallback() ? ", fall-back attribute set" : ", fall-back attribute taken";
        return fact(change)
                .detail("ICCID " + owned.iccid() + ": " + old.state() + " -> " + owned.state() + fallback + policy
                        + " (" + cause + ")");
    }

    private static AuditFact fact(CardChange change) {
        return AuditFact.at(change.at(), "provisioning", "ProfileStateChanged").card(change.nid());
    }

    private Map<String, Owned> read(List<Nid> nids) throws SQLException {
        Map<String, Owned> profiles = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT nid, isd_p_aid, iccid, state, fallback_attribute, pol2 FROM euicc_profile WHERE nid = ANY (?)")) {
            Columns.of(select, nids).text(1, nid -> nid);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Owned owned = new Owned(
                            new Nid(rows.getString(1)),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getBoolean(5),
                            rows.getString(6),
                            null);
                    profiles.put(owned.place(), owned);
                }
            }
        }
        return profiles;
    }

    private void put(List<Owned> profiles) throws SQLException {
        try (PreparedStatement put = connection.prepareStatement(PUT_PROFILES)) {
            put.setString(1, tenant.value());
            Columns.of(put, profiles)
                    .text(2, Owned::nid)
                    .text(3, Owned::isdPAid)
                    .text(4, Owned::iccid)
                    .text(5, Owned::state)
                    .text(6, Owned::fallback)
                    .text(7, Owned::pol2)
                    .text(8, Owned::owner);
            put.executeUpdate();
        }
    }

    private void delete(List<Owned> profiles) throws SQLException {
        if (profiles.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM euicc_profile USING unnest(?::text[], ?::text[]) AS v(n, a) WHERE nid = n AND isd_p_aid = a")) {
            Columns.of(delete, profiles).text(1, Owned::nid).text(2, Owned::isdPAid);
            delete.executeUpdate();
        }
    }

    /** Gives up the ICCIDs of profiles that went, where the card has them in no other ISD-P and no download brings them back. */
    private void release(List<Owned> profiles) throws SQLException {
        if (profiles.isEmpty()) {
            return;
        }
        try (PreparedStatement release = connection.prepareStatement("SELECT release_iccids(?, ?)")) {
            Columns.of(release, profiles).text(1, Owned::iccid).text(2, Owned::nid);
            release.execute();
        }
    }
}

package io.godwit.provisioning.intake;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.personalisation.ProfileTemplate;
import io.godwit.gsma.profile.personalisation.SubscriptionData;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.EncryptedSubscription;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.SubscriptionResult;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import io.godwit.provisioning.keys.DownloadKey;
import io.godwit.provisioning.keys.JweReading;
import io.godwit.provisioning.keys.SmDpRole;
import io.godwit.provisioning.keys.UnwrapException;
import io.godwit.provisioning.postgres.StockTable;
import io.godwit.provisioning.smdp.ImportReading;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The SM-DP's stock within one slice: what is imported is looked at and stored, what is downloaded is made of it. */
final class StockKeeping {
    private final Connection connection;
    private final TenantId tenant;
    private final Circumstances circumstances;
    private final Map<TemplateId, Optional<ProfileTemplate>> templates = new HashMap<>();
    private final List<Storing> storing = new ArrayList<>();
    private @Nullable DownloadKey key;

    StockKeeping(Connection connection, TenantId tenant, Circumstances circumstances) {
        this.connection = connection;
        this.tenant = tenant;
        this.circumstances = circumstances;
    }

    /** Whether an order is for the stock. */
    static boolean isFor(OrderRecord order) {
        return order instanceof OrderRecord.ImportProfileTemplate || order instanceof OrderRecord.ImportSubscriptions;
    }

    /** Looks at what is imported; that takes longest, and no lock is needed for it. */
    void read(OrderRecord order) throws SQLException {
        if (order instanceof OrderRecord.ImportProfileTemplate template) {
            read(template);
        } else {
            read((OrderRecord.ImportSubscriptions) order);
        }
    }

    /**
     * Stores what was read; to be called behind the locks of cards, whose downloads take from the stock and give back.
     *
     * @return what became of each import, in their order
     */
    List<EventRecord.OfStock> store() throws SQLException {
        List<EventRecord.OfStock> told = new ArrayList<>();
        for (Storing one : storing) {
            told.add(one.store());
        }
        return told;
    }

    @FunctionalInterface
    private interface Storing {
        EventRecord.OfStock store() throws SQLException;
    }

    private void read(OrderRecord.ImportProfileTemplate order) throws SQLException {
        JweReading reading = smDp().transportKeys()
                .of(connection, order.profileTemplate())
                .readTemplate(order.profileTemplate(), tenant, order.template());
        if (reading instanceof JweReading.Refused refused) {
            refuse(order, new Refusal(refused.code(), refused.detail()));
            return;
        }
        SecretOctets content = ((JweReading.Read) reading).content();
        try {
            ImportReading.Result<ProfileTemplate> result = ImportReading.template(content.reveal());
            if (result instanceof ImportReading.Result.Refused<ProfileTemplate> refused) {
                refuse(order, refused.refusal());
                return;
            }
            ProfileTemplate template = ((ImportReading.Result.Sound<ProfileTemplate>) result).value();
            templates.put(order.template(), Optional.of(template));
            storing.add(() -> {
                StockTable.putTemplate(connection, tenant, order.template(), template.encode());
                return told(order, Optional.empty());
            });
        } finally {
            content.destroy();
        }
    }

    private void refuse(OrderRecord.ImportProfileTemplate order, Refusal refusal) {
        storing.add(() -> told(order, Optional.of(refusal)));
    }

    private EventRecord.OfStock told(OrderRecord.ImportProfileTemplate order, Optional<Refusal> refusal) {
        return new EventRecord.TemplateImported(
                circumstances.now(), tenant, order.operation(), order.template(), refusal);
    }

    private void read(OrderRecord.ImportSubscriptions order) throws SQLException {
        Optional<ProfileTemplate> template = template(order.template());
        List<SubscriptionResult> results = new ArrayList<>();
        List<StockTable.Row> rows = new ArrayList<>();
        for (EncryptedSubscription one : order.subscriptions()) {
            ImportReading.Result<Octets> wrapped = read(order.template(), template, one);
            if (wrapped instanceof ImportReading.Result.Sound<Octets> sound) {
                rows.add(new StockTable.Row(one.iccid(), order.template(), sound.value()));
            } else {
                results.add(SubscriptionResult.refused(
                        one.iccid(), ((ImportReading.Result.Refused<Octets>) wrapped).refusal()));
            }
        }
        storing.add(() -> store(order, results, rows));
    }

    private EventRecord.OfStock store(
            OrderRecord.ImportSubscriptions order, List<SubscriptionResult> results, List<StockTable.Row> rows)
            throws SQLException {
        Set<Iccid> stored = StockTable.put(connection, tenant, rows);
        for (StockTable.Row row : rows) {
            results.add(
                    stored.contains(row.iccid())
                            ? SubscriptionResult.stored(row.iccid())
                            : SubscriptionResult.refused(
                                    row.iccid(),
                                    new Refusal(
                                            "SUBSCRIPTION_ON_A_CARD",
                                            "iccid: a card holds it, or it was revoked with one; delete it there")));
        }
        return new EventRecord.SubscriptionsImported(
                circumstances.now(), tenant, order.operation(), order.template(), results);
    }

    /** The subscription's data as they are stored, once they have been seen to fit the template. */
    private ImportReading.Result<Octets> read(
            TemplateId name, Optional<ProfileTemplate> template, EncryptedSubscription one) throws SQLException {
        if (template.isEmpty()) {
            return refused("TEMPLATE_UNKNOWN", "template: the SM-DP has none of that name; import it first");
        }
        JweReading reading = smDp().transportKeys()
                .of(connection, one.subscription())
                .readSubscription(one.subscription(), tenant, name, one.iccid());
        if (reading instanceof JweReading.Refused refused) {
            return refused(refused.code(), refused.detail());
        }
        SecretOctets content = ((JweReading.Read) reading).content();
        try {
            ImportReading.Result<SecretOctets> made = made(template.get(), content, one.iccid());
            if (made instanceof ImportReading.Result.Refused<SecretOctets> refused) {
                return new ImportReading.Result.Refused<>(refused.refusal());
            }
            ((ImportReading.Result.Sound<SecretOctets>) made).value().destroy();
            return new ImportReading.Result.Sound<>(key().wrap(one.iccid(), content));
        } finally {
            content.destroy();
        }
    }

    private static ImportReading.Result<SecretOctets> made(
            ProfileTemplate template, SecretOctets content, Iccid iccid) {
        ImportReading.Result<SubscriptionData> read = ImportReading.subscription(content, iccid);
        if (read instanceof ImportReading.Result.Refused<SubscriptionData> refused) {
            return new ImportReading.Result.Refused<>(refused.refusal());
        }
        SubscriptionData data = ((ImportReading.Result.Sound<SubscriptionData>) read).value();
        try {
            return ImportReading.profilePackage(template, data);
        } finally {
            data.destroy();
        }
    }

    /**
     * The package of a subscription, which is the card's from now on: nobody else gets it before the card itself has told that it
     * holds no such profile. Whoever gets the package destroys it.
     */
    ImportReading.Result<SecretOctets> takeFor(Nid nid, Iccid iccid, TemplateId name) throws SQLException {
        // The data key before what is under it: a key that nothing is under any more may be forgotten in between.
        DownloadKey key = key();
        StockTable.Held held = StockTable.lock(connection, tenant, iccid).orElse(null);
        if (held == null || !held.row().template().equals(name)) {
            return refused("SUBSCRIPTION_UNKNOWN", "iccid: the SM-DP has no such subscription of that template");
        }
        if (held.revoked()) {
            return refused("SUBSCRIPTION_REVOKED", "iccid: it was revoked with the card that has it; take another one");
        }
        boolean promised = nid.equals(held.successor());
        if (held.nid() != null && !held.nid().equals(nid) && !promised) {
            return refused("SUBSCRIPTION_ON_ANOTHER_CARD", "iccid: another card holds it; delete it there first");
        }
        Optional<ProfileTemplate> template = template(name);
        if (template.isEmpty()) {
            return refused("TEMPLATE_UNKNOWN", "template: the SM-DP has none of that name");
        }
        SecretOctets content;
        try {
            content = key.unwrap(iccid, held.row().data());
        } catch (UnwrapException e) {
            // Restored from a backup of another time, say. The others can be opened.
            return refused("SUBSCRIPTION_DAMAGED", "iccid: what is stored of it cannot be opened; import it again");
        }
        try {
            ImportReading.Result<SecretOctets> made = made(template.get(), content, iccid);
            if (made instanceof ImportReading.Result.Sound<SecretOctets> && !promised) {
                StockTable.hold(connection, tenant, iccid, nid);
            }
            return made;
        } finally {
            content.destroy();
        }
    }

    private Optional<ProfileTemplate> template(TemplateId name) throws SQLException {
        Optional<ProfileTemplate> known = templates.get(name);
        if (known == null) {
            known = StockTable.template(connection, tenant, name).flatMap(StockKeeping::sound);
            templates.put(name, known);
        }
        return known;
    }

    /** It was sound when it was stored; should a later version find more secrets than the one that did, it is one no more. */
    private static Optional<ProfileTemplate> sound(Octets octets) {
        return ImportReading.template(octets) instanceof ImportReading.Result.Sound<ProfileTemplate> sound
                ? Optional.of(sound.value())
                : Optional.empty();
    }

    private static <T> ImportReading.Result<T> refused(String code, String detail) {
        return new ImportReading.Result.Refused<>(new Refusal(code, detail));
    }

    private SmDpRole smDp() {
        return circumstances.smDp();
    }

    private DownloadKey key() throws SQLException {
        DownloadKey open = key;
        if (open == null) {
            open = smDp().keys().ofDownloads(connection, tenant);
            key = open;
        }
        return open;
    }
}

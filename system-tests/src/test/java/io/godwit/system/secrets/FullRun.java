package io.godwit.system.secrets;

import io.godwit.cli.euicc.CardText;
import io.godwit.cli.euicc.EisText;
import io.godwit.cli.euicc.VirtualCards;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.platform.Operator;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.Carrier;
import io.godwit.cli.scenario.DownloadRun;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.cli.scenario.OperationWatch;
import io.godwit.cli.scenario.OrderMode;
import io.godwit.cli.scenario.OrderResult;
import io.godwit.cli.scenario.OrderRun;
import io.godwit.cli.scenario.Progress;
import io.godwit.cli.scenario.Settling;
import io.godwit.cli.scenario.SpareCard;
import io.godwit.gsma.profile.personalisation.SubscriptionData;
import io.godwit.gsma.profile.personalisation.SubscriptionDataCodec;
import io.godwit.local.postgres.Database;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.simulator.device.AgentSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run in which every secret of the platform is used: cards are registered, subscriptions are brought, what is wrong with
 * them is refused, profiles are downloaded, enabled, attached, rolled back and deleted, cards get new keys, a group is
 * commanded. Its secrets and the places in which none of them may stand are known afterwards.
 */
public final class FullRun implements AutoCloseable {
    /** The tenant that is played. */
    public static final String TENANT = "secrets";

    private static final int CARDS = 8;
    private static final int SUBSCRIPTIONS = 24;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** After so long a card gives up a profile that has no network. */
    private static final Duration CONFIRMATION = Duration.ofSeconds(15);

    private final Installation installation;
    private final String token;
    private final RegistryClient registry;
    private final RestAnswers rest;
    private final WireTap tap;
    private final EnrolledFleet fleet;
    private final KnownSecrets known = new KnownSecrets();
    private final PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    private final String gid = "secrets-" + Long.toString(System.nanoTime(), 36);
    private final List<String> operations = new ArrayList<>();
    private final List<Nid> nids = new ArrayList<>();
    private final List<String> iccids = new ArrayList<>();

    private FullRun(Installation installation) throws IOException {
        this.installation = installation;
        Operator.of(installation, TENANT);
        this.token = installation
                .tokens()
                .token(
                        "secrets-scan",
                        TENANT,
                        List.of("operator", "profile-owner"),
                        Optional.of(Carrier.OPERATOR),
                        Duration.ofHours(1));
        this.registry = new RegistryClient(installation.registryUri(), token);
        this.rest = new RestAnswers(installation.registryUri(), token);
        this.tap = WireTap.before(installation.mqtt());
        this.fleet = EnrolledFleet.start(installation, TENANT, registry);
    }

    /** Starts a fleet; then {@link #play()}. */
    public static FullRun on(Installation installation) throws IOException {
        return new FullRun(installation);
    }

    /** Ends when all of it is done and the cards are at rest. */
    public void play() throws Exception {
        List<Nid> members = enrol(CARDS, gid);
        Nid unlucky = enrol(1, gid + "-unlucky").get(0);
        Nid guest = enrol(1, gid + "-guest").get(0);
        known.addCards(fleet.folder().resolve("cards"));
        Carrier carrier = fleet.carrier(0);
        carrier.bringTemplate();
        carrier.bring(SUBSCRIPTIONS);
        Iccid wrongKi = carrier.bringOneWithAWrongKi();
        OwnSubscriptions own = own();
        Iccid withPins = bring(own, carrier);
        bring(own, carrier);
        Refusals refusals = new Refusals(rest, registry, new TenantId(TENANT), own, known);
        refusals.templates();
        refusals.subscriptions(carrier.template());
        refusals.registrations();
        fleet.connect(EnrolledFleet.settings(tap.access())
                .with(AgentSettings.DEFAULT.withConfirmationTimeout(CONFIRMATION))
                .authenticatedBy(carrier.networksCopy()));
        fleet.awaitConfiguration(gid, CARDS);
        refusals.packages(unlucky.value());
        String refused = download(unlucky, carrier.order(wrongKi));
        await(download(guest, carrier.order(withPins)), 1);
        DownloadRun downloads = new DownloadRun(installation, registry, fleet, PATIENCE, nowhere);
        require(downloads.run(members, gid, () -> carrier.order(true), true), "downloads");
        known.addCards(fleet.folder().resolve("cards"));
        for (Nid nid : members.subList(0, 2)) {
            await(order(nid, Json.object().put("name", "EstablishISDRKeySet").build()), 1);
        }
        OrderRun orders = new OrderRun(installation, registry, fleet, PATIENCE, nowhere, false);
        EsFunction enable = new EsFunction(EsFunction.Name.ENABLE_PROFILE, new ProfileTarget.ByType("operational"));
        require(orders.run(OrderMode.GROUP, enable, gid, CARDS), "the group");
        EsFunction delete = new EsFunction(EsFunction.Name.DELETE_PROFILE, new ProfileTarget.ByType(Carrier.TYPE));
        await(order(members.get(3), delete.toJson()), 1);
        await(refused, 0);
        Settling.await(fleet);
        collect(carrier, refusals);
    }

    private List<Nid> enrol(int count, String group) throws IOException, InterruptedException {
        registry.putGroup(group, null);
        List<Nid> enrolled = fleet.enrol(count, group);
        nids.addAll(enrolled);
        rest.watch("/v1/groups/" + group);
        rest.watch("/v1/groups/" + group + "/members");
        return enrolled;
    }

    private OwnSubscriptions own() {
        int series = Integer.parseInt(fleet.folder().getFileName().toString());
        return new OwnSubscriptions(registry, new TenantId(TENANT), series);
    }

    /** One with PINs of its own. */
    private Iccid bring(OwnSubscriptions own, Carrier carrier) throws IOException, InterruptedException {
        SubscriptionData data = own.next();
        known.add(data);
        iccids.add(data.iccid().digits());
        Files.writeString(
                carrier.networksCopy(), OwnSubscriptions.networksLine(data) + "\n", StandardOpenOption.APPEND);
        registry.importSubscriptions(
                carrier.template(),
                List.of(own.line(data, SubscriptionDataCodec.write(data), carrier.template())),
                answer -> {});
        while (carrier.stock().number("Importing").orElse(0L) > 0) {
            Thread.sleep(100);
        }
        return data.iccid();
    }

    private String download(Nid nid, Json.Obj order) {
        String operation = registry.download(nid.value(), order);
        operations.add(operation);
        return operation;
    }

    private String order(Nid nid, Json.Obj function) {
        String operation = registry.order(
                Json.object().put("nid", nid.value()).put("function", function).build());
        operations.add(operation);
        return operation;
    }

    private void await(String operation, long succeeded) throws InterruptedException {
        Json.Obj ended = new OperationWatch(registry, new Progress(nowhere, false))
                .await(operation, 1, System.nanoTime(), PATIENCE);
        if (ended.number("succeeded").orElse(0L) != succeeded) {
            throw new IllegalStateException("operation " + operation + ": " + registry.outcomes(operation));
        }
    }

    private static void require(OrderResult result, String what) {
        if (!result.isSound()) {
            throw new IllegalStateException(what + ": " + result.outcomes());
        }
    }

    private void collect(Carrier carrier, Refusals refusals) throws Exception {
        known.addCards(fleet.folder().resolve("cards"));
        known.addSubscribers(carrier.networksCopy());
        known.addHome(installation);
        new KeptKeys(installation).addTo(known);
        known.add("token's signature", Octets.utf8(token.substring(token.lastIndexOf('.') + 1)));
        refusals.requireRefused(carrier);
        query("{ operations(first: 10) { edges { node { id failure { code detail } outcomes(first: 10) { edges { node {"
                + " nid code detail } } } } } } groups(first: 10) { edges { node { gid } } } }");
        rest.watch("/v1/profile-templates");
        rest.watch("/v1/profile-templates/" + carrier.template());
        rest.watch("/v1/subscriptions?limit=500");
        iccids.forEach(iccid -> rest.watch("/v1/subscriptions/" + iccid));
        rest.watch("/v1/euiccs?limit=500");
        nids.forEach(nid -> rest.watch("/v1/euiccs/" + nid));
        rest.watch("/v1/groups");
        rest.watch("/v1/operations?limit=500");
        for (String operation : operations) {
            rest.watch("/v1/operations/" + operation);
            rest.watch("/v1/operations/" + operation + "/outcomes");
            rest.watch("/v1/operations/" + operation + "/progress");
        }
        rest.watch("/v1/audit-entries?limit=500");
        List<URI> services = new ArrayList<>(installation.provisioningUris());
        services.add(installation.registryUri());
        for (URI service : services) {
            rest.watch(service + "/q/metrics");
            rest.watch(service + "/q/health");
        }
    }

    private void query(String graphQl) throws IOException, InterruptedException {
        RestAnswers.Answer answer = rest.post(
                "/graphql",
                "application/json",
                JsonWriter.write(Json.object().put("query", graphQl).build()).toUtf8());
        if (answer.status() != 200 || answer.body().contains("\"errors\"")) {
            throw new IllegalStateException("GraphQL: " + answer.body());
        }
    }

    /** All that is known to be secret. */
    public KnownSecrets secrets() {
        return known;
    }

    /** What is no secret, and stands in every kind of place. */
    public Secret control() {
        return Secret.text("control", nids.get(0).value());
    }

    /** Where none of them may stand. */
    public List<Source> sources() {
        return List.of(
                new KafkaRecords(installation.platform().kafka()),
                tap,
                rows(Database.REGISTRY),
                rows(Database.PROVISIONING),
                new HomeFiles(installation.home()),
                rest,
                new Source() {
                    @Override
                    public String kind() {
                        return "output";
                    }

                    @Override
                    public void pour(Sink sink) throws IOException {
                        for (Nid nid : nids) {
                            sink.take("godwit euicc show " + nid, shown(nid));
                        }
                    }
                });
    }

    /** The rows of a database, of all tenants. */
    public DatabaseRows rows(Database database) {
        return new DatabaseRows(
                installation.platform().database(database),
                installation.platform().databaseAdministrator());
    }

    private String shown(Nid nid) throws IOException {
        StringWriter shown = new StringWriter();
        PrintWriter out = new PrintWriter(shown);
        EisText.print(registry.euicc(nid.value()), out);
        VirtualCards.in(installation.home())
                .find(new TenantId(TENANT), nid)
                .ifPresent(card -> new CardText(out, true).print(card));
        out.flush();
        return shown.toString();
    }

    /** As its operator. */
    public RegistryClient registry() {
        return registry;
    }

    /** Where its devices connect. */
    public WireTap tap() {
        return tap;
    }

    /** One more card, for a client of somebody's own. */
    public SpareCard spare() throws IOException, InterruptedException {
        String group = gid + "-spare";
        registry.putGroup(group, null);
        return fleet.enrolSpare(group);
    }

    @Override
    public void close() throws IOException {
        fleet.close();
        tap.close();
    }
}

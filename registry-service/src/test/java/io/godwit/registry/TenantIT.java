package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.kit.kafka.KafkaSettings;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordKey;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.FleetRecord;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Setting tenants up. */
@QuarkusTest
class TenantIT extends RegistryIT {
    @Test
    void aTenantIsSetUpOnceAndAskedForAsOftenAsOneLikes() {
        String body = "{\"id\":\"tenant-once\"}";
        Api.Answer first = admin().post("/v1/tenants", body);
        Api.Answer second = admin().post("/v1/tenants", body);
        assertEquals(2, first.status() / 100);
        assertEquals(200, second.status());
        assertEquals("shared", second.text("topicSet"));
        Api.Answer other = admin().post("/v1/tenants", "{\"id\":\"tenant-once\",\"pool\":\"large\"}");
        assertEquals(409, other.status());
        assertEquals("pool", other.body().at("/errors/0/field").asText());
    }

    @Test
    void aTenantsOwnTopicsAreMadeBeforeItIsAnnouncedThere() throws Exception {
        TopicSet own = new TopicSet("tenant-it-own");
        assertEquals(
                201,
                admin().post(
                                "/v1/tenants",
                                "{\"id\":\"tenant-own\",\"topicSet\":\"" + own.name() + "\",\"pool\":\"large\"}")
                        .status());
        try (Admin admin =
                Admin.create(KafkaSettings.from(ConfigProvider.getConfig()).admin("test"))) {
            assertTrue(admin.listTopics().names().get().containsAll(own.topics()));
            ConfigResource fleet = new ConfigResource(ConfigResource.Type.TOPIC, own.fleet());
            assertEquals(
                    "compact",
                    admin.describeConfigs(java.util.List.of(fleet))
                            .all()
                            .get()
                            .get(fleet)
                            .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                            .value());
        }
        try (Provisioning theirs = new Provisioning(own)) {
            var told = theirs.fleet(1, message -> message.key().equals(RecordKey.of(new TenantId("tenant-own"))));
            FleetRecord.Tenant tenant = (FleetRecord.Tenant)
                    FleetRecord.decode(Octets.of(told.get(0).value()));
            assertEquals(1, tenant.fleetVersion());
            assertEquals("large", tenant.pool());
            assertEquals(own, tenant.topicSet());
        }
    }

    @Test
    void deviceTrustAnchorsAreToldToTheFleetAndTakenAwayAgain() {
        TopicSet own = new TopicSet("tenant-it-trust");
        TenantId tenant = new TenantId("tenant-trust");
        admin().post("/v1/tenants", "{\"id\":\"tenant-trust\",\"topicSet\":\"" + own.name() + "\"}");
        String path = "/v1/tenants/tenant-trust/device-trust-anchors";
        String anchor = Certificates.authority();
        Api.Answer set = admin().put(path, Certificates.body(anchor, anchor));
        assertEquals(200, set.status());
        assertEquals(anchor, set.body().at("/deviceTrustAnchors/0").asText());
        assertEquals(1, set.body().at("/deviceTrustAnchors").size(), "the same one twice is one");
        assertEquals(200, admin().put(path, Certificates.body(anchor)).status(), "the same again changes nothing");
        assertEquals(200, admin().put(path, Certificates.body()).status());
        try (Provisioning theirs = new Provisioning(own)) {
            List<List<String>> told = theirs.fleet(3, message -> message.key().equals(RecordKey.of(tenant))).stream()
                    .map(message -> (FleetRecord.Tenant) FleetRecord.decode(Octets.of(message.value())))
                    .map(FleetRecord.Tenant::deviceTrustAnchors)
                    .toList();
            assertEquals(List.of(List.of(), List.of(anchor), List.of()), told);
        }
    }

    @Test
    void whatIsNoAuthoritysCertificateIsRefusedByItsPlace() {
        admin().post("/v1/tenants", "{\"id\":\"tenant-distrust\"}");
        String path = "/v1/tenants/tenant-distrust/device-trust-anchors";
        Api.Answer refused = admin().put(path, Certificates.body(Certificates.authority(), Certificates.device(), "x"));
        assertEquals(422, refused.status());
        assertEquals("certificates[1]", refused.body().at("/errors/0/field").asText());
        assertEquals("certificates[2]", refused.body().at("/errors/1/field").asText());
        assertEquals(422, admin().put(path, "{}").status());
        assertEquals(422, admin().put(path, Certificates.body(Certificates.expired())).status());
        assertEquals(422, admin().put(path, Certificates.body(new String[17])).status());
        assertEquals(403, operator(a()).put(path, Certificates.body()).status());
        assertEquals(
                403,
                admin().put("/v1/tenants/nobody-knows/device-trust-anchors", Certificates.body()).status());
    }

    @Test
    void onlyPlatformAdministratorsSetTenantsUp() {
        assertEquals(403, operator(a()).post("/v1/tenants", "{\"id\":\"x\"}").status());
        assertEquals(401, nobody().post("/v1/tenants", "{\"id\":\"x\"}").status());
        assertEquals(
                422, admin().post("/v1/tenants", "{\"id\":\"Not A Tenant\"}").status());
        assertEquals(422, admin().post("/v1/tenants", "").status());
    }

    @Test
    void aTokenOfAnUnknownTenantReadsNothingAndOrdersNothing() {
        assertEquals(0, operator("nobody-knows").get("/v1/euiccs").items().size());
        assertEquals(403, operator("nobody-knows").put("/v1/groups/g", "{}").status());
        assertEquals(403, admin().get("/v1/euiccs").status());
    }
}

package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.protocol.kafka.TopicSet;
import io.godwit.registry.caller.Roles;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What all tests of the running registry share: two tenants, always, and someone who plays provisioning. */
@WithTestResource(value = TestTokens.class, scope = TestResourceScope.GLOBAL)
abstract class RegistryIT {
    @TestHTTPResource
    URI base;

    Provisioning provisioning;

    /** The first tenant; each class has its own two. */
    String a() {
        return getClass().getSimpleName().replaceAll("_Subclass$", "").toLowerCase(java.util.Locale.ROOT) + "-a";
    }

    String b() {
        return getClass().getSimpleName().replaceAll("_Subclass$", "").toLowerCase(java.util.Locale.ROOT) + "-b";
    }

    @BeforeEach
    void setTenantsUp() {
        provisioning = new Provisioning(TopicSet.SHARED);
        for (String tenant : new String[] {a(), b()}) {
            int status =
                    admin().post("/v1/tenants", "{\"id\":\"" + tenant + "\"}").status();
            assertEquals(2, status / 100, "tenant " + tenant + " was not set up: " + status);
        }
        if (operator(a()).get("/v1/transport-keys/sm-sr").status() != 200) {
            provisioning.publishKey();
            Provisioning.await(
                    () -> operator(a()).get("/v1/transport-keys/sm-sr").status() == 200);
        }
    }

    @AfterEach
    void closeProvisioning() {
        provisioning.close();
    }

    Api admin() {
        return new Api(base, TestTokens.token(null, Roles.PLATFORM_ADMIN));
    }

    Api operator(String tenant) {
        return new Api(base, TestTokens.token(tenant, Roles.OPERATOR));
    }

    /** The operator of profiles, which manages no cards. */
    Api owner(String tenant, String owner) {
        return new Api(base, TestTokens.owned(tenant, owner, Roles.PROFILE_OWNER));
    }

    /** A carrier with cards of its own. */
    Api carrier(String tenant, String owner) {
        return new Api(base, TestTokens.owned(tenant, owner, Roles.OPERATOR, Roles.PROFILE_OWNER));
    }

    Api viewer(String tenant) {
        return new Api(base, TestTokens.token(tenant, Roles.VIEWER));
    }

    Api nobody() {
        return new Api(base, null);
    }

    /** Registers a new card of the tenant and returns its nid. */
    String enrol(String tenant, String more) {
        Api.Answer answer = operator(tenant).post("/v1/euiccs", Card.next().registration(tenant, more));
        assertEquals(201, answer.status(), answer.body().toString());
        return answer.text("nid");
    }
}

package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.record.CampaignPlan;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.OrderRecord.SteerCampaign;
import io.godwit.registry.caller.Roles;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of {@code docs/guides/groups.md} as they stand there; skipped, aloud, where there is no curl. */
@QuarkusTest
class GroupsGuideDT extends RegistryIT {
    private static final Path GUIDE = Path.of("..", "docs", "guides", "groups.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    @Test
    void itsCommandsDoWhatItSays(@TempDir Path home) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                new ProcessBuilder("bash", "-c", "curl --help all | grep -q fail-with-body")
                                .start()
                                .waitFor()
                        == 0,
                "no curl of 7.76 or newer: install it (Debian: curl), and the guide's commands are tested");
        for (int i = 1; i <= 4; i++) {
            enrol(a(), ",\"nid\":\"meter-000" + i + "\"");
        }
        assertEquals(0, run(commands(), home.resolve("output")), () -> read(home.resolve("output")));

        assertEquals(
                3,
                viewer(a()).get("/v1/groups/meters-seoul").body().path("epoch").asInt(),
                "two removals for security");
        List<OrderRecord> orders =
                provisioning.orders(order -> order.tenant().value().equals(a()));
        OrderRecord.OnGroup ordered = orders.stream()
                .filter(OrderRecord.OnGroup.class::isInstance)
                .map(OrderRecord.OnGroup.class::cast)
                .findFirst()
                .orElseThrow();
        assertEquals(new CampaignPlan(10, 20, Duration.ofSeconds(30)), ordered.campaign());
        assertEquals(
                List.of("pause", "resume", "cancel"),
                orders.stream()
                        .filter(SteerCampaign.class::isInstance)
                        .map(order -> ((SteerCampaign) order).steering().literal())
                        .toList());
        assertTrue(viewer(a())
                .get("/v1/audit-entries?limit=1000")
                .body()
                .toString()
                .contains("SpokesmanAppointed"));
    }

    /** All but the first block, which asks the local platform for what the test gives. */
    private static String commands() throws IOException {
        List<String> blocks = BLOCK.matcher(Files.readString(GUIDE))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        assertTrue(blocks.get(0).startsWith("export REGISTRY="), blocks.get(0));
        return String.join("\n", blocks.subList(1, blocks.size()));
    }

    private int run(String commands, Path output) throws IOException, InterruptedException {
        ProcessBuilder bash = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        bash.environment().put("REGISTRY", base.toString().replaceFirst("/$", ""));
        bash.environment().put("TOKEN", TestTokens.token(a(), Roles.OPERATOR));
        return bash.start().waitFor();
    }

    private static String read(Path output) {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}

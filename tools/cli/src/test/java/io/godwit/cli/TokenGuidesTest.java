package io.godwit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The tokens for operators of profiles that the guides have made. */
class TokenGuidesTest {
    private static final String COMMAND = "./godwit token ";

    @Test
    void thePoliciesGuideHasOneForACarrierWithCards(@TempDir Path home) throws IOException {
        Json.Obj claims = claims("policies.md", home);
        assertEquals("test-operator", claims.text("profile_owner").orElse(""));
        assertEquals(List.of("operator", "profile-owner"), roles(claims));
    }

    @Test
    void theStockGuideHasOneForWhoBringsSubscriptions(@TempDir Path home) throws IOException {
        Json.Obj claims = claims("stock.md", home);
        assertEquals("acme", claims.text("profile_owner").orElse(""));
        assertEquals(List.of("profile-owner"), roles(claims));
    }

    private static List<String> roles(Json.Obj claims) {
        return claims.array("groups").orElse(List.of()).stream()
                .map(role -> ((Json.Str) role).value())
                .toList();
    }

    /** What the token says that the guide's only command for one prints. */
    private static Json.Obj claims(String guide, Path home) throws IOException {
        List<String> commands = Files.readAllLines(Path.of("../../docs/guides/" + guide)).stream()
                .filter(line -> line.startsWith(COMMAND))
                .toList();
        assertEquals(1, commands.size(), guide);
        List<String> words = new ArrayList<>(List.of("token", "--home", home.toString()));
        words.addAll(List.of(commands.get(0).substring(COMMAND.length()).split(" ")));
        StringWriter out = new StringWriter();
        CommandLine command = Godwit.commandLine().setOut(new PrintWriter(out));
        assertEquals(0, command.execute(words.toArray(String[]::new)));
        byte[] payload = Base64.getUrlDecoder().decode(out.toString().split("\\.")[1]);
        return ((JsonReader.Read) new JsonReader(4096, 4).read(Octets.of(payload))).object();
    }
}

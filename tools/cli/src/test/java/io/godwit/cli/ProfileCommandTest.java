package io.godwit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.NonStandard;
import io.godwit.gsma.profile.Oid;
import io.godwit.gsma.profile.PeHeader;
import io.godwit.gsma.profile.ProfileBuilder;
import io.godwit.gsma.profile.ProfileElement;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ProfileCommandTest {
    private static final Octets KI = Octets.fromHex("c0c1c2c3c4c5c6c7c8c9cacbcccdcecf");
    private static final Octets OPC = Octets.fromHex("d0d1d2d3d4d5d6d7d8d9dadbdcdddedf");
    private static final Path GUIDE = Path.of("../../docs/guides/profile-packages.md");
    private static final ProfilePackage PACKAGE = ProfileBuilder.of(
                    new Iccid("89000123456789012341"),
                    new Imsi("001010123456789"),
                    SecretOctets.copyOf(KI),
                    SecretOctets.copyOf(OPC))
            .ofType("operational")
            .build();

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.write(folder.resolve("operational.der"), PACKAGE.encode().toBytes());
        Files.writeString(folder.resolve("subscription.json"), guide("json").get(0));
    }

    private int run(String line) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine command = Godwit.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        List<String> words = new ArrayList<>();
        for (String word : line.split(" ", -1)) {
            words.add(word.matches(".*\\.(der|json|hex)") ? folder.resolve(word).toString() : word);
        }
        int status = command.execute(words.toArray(String[]::new));
        // The folder's random name may hold the four digits of a PIN.
        assertNothingSecret((out.toString() + err).replace(folder.toString(), ""));
        return status;
    }

    @Test
    void theGuidesCommandsWork() throws IOException {
        List<String> commands = guide("sh").stream().flatMap(String::lines).toList();
        assertEquals(8, commands.size());
        for (String command : commands) {
            assertTrue(command.startsWith("./godwit "), command);
            assertEquals(0, run(command.replace("./godwit ", "")), command + ": " + err);
        }
    }

    @Test
    void inspectTellsElementsAndFilesAndKeysByName() {
        assertEquals(0, run("profile inspect operational.der"), err.toString());
        String text = out.toString();
        for (String told : List.of(
                "9 elements",
                "usim",
                "identification 4, mandated",
                "EF.IMSI, 9 octets written",
                "ADM1",
                "local PIN 1, unblocked by local PUK 1",
                "milenage",
                "K of 16 octets",
                "key 2 of key set 1, type 88, 16 octets")) {
            assertTrue(text.contains(told), told + " in " + text);
        }
    }

    @Test
    void inspectTellsTheSameAsJson() {
        assertEquals(0, run("profile inspect --json operational.der"), err.toString());
        Json.Obj object = object();
        assertEquals(Optional.of((long) PACKAGE.encode().length()), object.number("octets"));
        List<Json> elements = object.array("elements").orElseThrow();
        assertEquals(9, elements.size());
        Json.Obj aka = (Json.Obj) elements.get(6);
        assertEquals(Optional.of("akaParameter"), aka.text("kind"));
        assertEquals(Optional.of("milenage"), aka.text("algorithm"));
        assertEquals(Optional.of(6L), aka.number("identification"));
    }

    @Test
    void whatIsNoPackageIsSaidWithItsPlace() throws IOException {
        Files.write(
                folder.resolve("spoilt.der"),
                PACKAGE.encode().plus(Octets.fromHex("aa02a000")).toBytes());
        for (String command : List.of("inspect", "template", "template --blank")) {
            assertEquals(1, run("profile " + command + " spoilt.der"));
            assertTrue(
                    err.toString()
                            .contains("is no profile package: at octet "
                                    + (PACKAGE.encode().length() + 4) + ", element end, missing tag."),
                    err.toString());
        }
        assertEquals(1, run("profile inspect absent.der"));
        assertTrue(err.toString().contains("is no file"), err.toString());
        Files.write(folder.resolve("empty.der"), new byte[0]);
        assertEquals(1, run("profile inspect empty.der"));
        assertEquals(2, run("profile inspect"));
        assertEquals(2, run("profile"));
    }

    @Test
    void hexadecimalDigitsDoAsWell() throws IOException {
        Files.writeString(folder.resolve("package.hex"), PACKAGE.encode().toHex() + "\n");
        assertEquals(0, run("profile verify package.hex"), err.toString());
    }

    @Test
    void verifyEndsWithZeroForASoundPackageAlone() throws IOException {
        assertEquals(0, run("profile verify operational.der"), err.toString());
        assertTrue(out.toString().startsWith("sound: 9 elements"), out.toString());
        assertTrue(out.toString().contains("ICCID 89000123456789012341, IMSI 001010123456789"), out.toString());
        assertEquals(0, run("profile verify --json operational.der"));
        assertEquals(Optional.of(new Json.Bool(true)), object().find("sound"));

        List<ProfileElement> elements = new ArrayList<>(PACKAGE.elements());
        elements.remove(1);
        Files.write(
                folder.resolve("unsound.der"),
                new ProfilePackage(elements).encode().toBytes());
        assertEquals(1, run("profile verify unsound.der"));
        assertTrue(err.toString().contains("is not sound: at octet "), err.toString());
        assertTrue(err.toString().contains("not installable, status 5"), err.toString());
        assertEquals(1, run("profile verify --json unsound.der"));
        assertEquals(Optional.of(new Json.Bool(false)), object().find("sound"));

        Files.write(folder.resolve("spoilt.der"), Octets.fromHex("aa02a000").toBytes());
        assertEquals(1, run("profile verify spoilt.der"));
        assertTrue(err.toString().contains("at octet 4, element end: not readable: missing tag"), err.toString());
    }

    @Test
    void verifyTellsWhatTheCardLeavesOut() throws IOException {
        List<ProfileElement> elements = new ArrayList<>(PACKAGE.elements());
        elements.add(2, new NonStandard(new PeHeader(false, 77), Oid.template(1), Octets.EMPTY, List.of()));
        Files.write(
                folder.resolve("more.der"),
                new ProfilePackage(elements).encode().toBytes());
        assertEquals(0, run("profile verify more.der"), err.toString());
        assertTrue(out.toString().contains("leaves out 1"), out.toString());
    }

    @Test
    void templateNamesEachSecretAndWritesNothing() {
        assertEquals(1, run("profile template --out template.der operational.der"));
        assertTrue(err.toString().contains("element 6 akaParameter (identification 6), octet "), err.toString());
        assertEquals(12, err.toString().lines().count(), err.toString());
        assertFalse(Files.exists(folder.resolve("template.der")));
        assertEquals(1, run("profile template --json operational.der"));
        assertEquals(Optional.of(11), object().array("places").map(List::size));
    }

    @Test
    void templateBlanksAndKeepsWhatIsThere() throws IOException {
        assertEquals(0, run("profile template --blank --out template.der operational.der"), err.toString());
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("template.der"))));
        byte[] written = Files.readAllBytes(folder.resolve("template.der"));
        assertEquals(PACKAGE.encode().length(), written.length);
        assertEquals(1, run("profile template --blank --out template.der operational.der"));
        assertTrue(err.toString().contains("is there already and is not overwritten"), err.toString());
        assertEquals(0, run("profile template --json template.der"));
        assertEquals(Optional.of(11), object().array("secrets").map(List::size));
    }

    @Test
    void personaliseMakesAPackageForItsOwnerAlone() throws IOException {
        assertEquals(0, run("profile template --blank --out template.der operational.der"));
        assertEquals(
                0,
                run("profile personalise template.der --subscription subscription.json --out made.der"),
                err.toString());
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("made.der"))));
        String hex = Octets.of(Files.readAllBytes(folder.resolve("made.der"))).toHex();
        assertTrue(hex.contains("465b5ce8b199b49faa5f0a2ee238a6bc"));
        assertEquals(1, run("profile personalise template.der --subscription subscription.json --out made.der"));
        assertTrue(err.toString().contains("is not overwritten"), err.toString());
    }

    @Test
    void personaliseSaysWhatDoesNotFit() throws IOException {
        assertEquals(0, run("profile template --blank --out template.der operational.der"));
        assertEquals(1, run("profile personalise operational.der --subscription subscription.json --out made.der"));
        assertTrue(err.toString().contains("is no template. godwit profile template tells"), err.toString());
        String sound = Files.readString(folder.resolve("subscription.json"));
        Files.writeString(folder.resolve("other.json"), sound.replace("\"puk1\": \"12345678\", ", ""));
        assertEquals(1, run("profile personalise template.der --subscription other.json --out made.der"));
        assertTrue(
                err.toString().contains("do not fit: the subscription does not give PUK 1, which the template wants"),
                err.toString());
        Files.writeString(folder.resolve("other.json"), sound.replace("\"k\":", "\"key\":"));
        assertEquals(1, run("profile personalise template.der --subscription other.json --out made.der"));
        assertTrue(err.toString().contains("aka: leave out what is none of algorithm, k, opc"), err.toString());
        assertFalse(Files.exists(folder.resolve("made.der")));
    }

    /** Neither the secrets of the package nor those of the guide's subscription are ever said. */
    private static void assertNothingSecret(String said) {
        for (String secret : List.of(
                KI.toHex(), OPC.toHex(), "465b5ce8b199b49f", "cd63cb71954a9f4e", "4711", "12345678\"", "1011121314")) {
            assertFalse(said.toLowerCase(Locale.ROOT).contains(secret), said);
        }
    }

    private Json.Obj object() {
        JsonReader.Result result = new JsonReader(1 << 20, 8).read(Octets.utf8(out.toString()));
        assertTrue(result instanceof JsonReader.Read, result.toString());
        return ((JsonReader.Read) result).object();
    }

    private static List<String> guide(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.+?)\n```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE))
                .results()
                .map(block -> block.group(1))
                .toList();
    }
}

package io.godwit.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.cli.platform.Installation;
import io.godwit.system.secrets.Found;
import io.godwit.system.secrets.FullRun;
import io.godwit.system.secrets.KnownSecrets;
import io.godwit.system.secrets.Planting;
import io.godwit.system.secrets.Scan;
import io.godwit.system.secrets.Secret;
import io.godwit.system.secrets.SecretSearch;
import io.godwit.system.secrets.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The promise that no secret stands in a record, a message, a row, a log, an answer or an output. */
@ExtendWith(RunningPlatform.class)
class SecretsST {
    private static final Set<String> PLACES =
            Set.of("kafka", "mqtt", "database-registry", "database-provisioning", "files", "rest", "output");

    /** Where a planted one stands, each time in another form; * is for anything. */
    private static final List<String> PLANTED = List.of(
            "base64 after 0 in kafka godwit.secrets-scan-*.dead-letter-0@1 header reason",
            "raw in kafka godwit.secrets-scan-*.dead-letter-0@2 key",
            "hex in kafka godwit.secrets-scan-*.dead-letter-0@0 value",
            "hex in mqtt PUBLISH",
            "HEX in database-registry public.secrets_scan.as_text",
            "raw in database-provisioning public.secrets_scan.as_octets",
            "base64 after 1 in database-provisioning public.secrets_scan.as_json",
            "hex in database-registry public.audit_entry.gid",
            "list of signed numbers with \", \" in files logs/secrets-scan.log",
            "hex in rest GET /v1/audit-entries");

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void noSecretStandsAnywhereAfterAFullRunAndAPlantedOneIsFound(Installation installation) throws Exception {
        try (FullRun run = FullRun.on(installation)) {
            run.play();
            KnownSecrets known = run.secrets();
            allKindsAreKnown(known);
            Secret control = run.control();
            List<Secret> searched = new ArrayList<>(known.all());
            searched.add(control);
            SecretSearch search = new SecretSearch(searched);
            List<Source> sources = run.sources();

            Scan clean = Scan.of(search, sources);
            System.out.println(known.all().size() + " secrets; looked through " + new TreeMap<>(clean.looked()));
            assertEquals("", clean.besides(Set.of(control.name())));
            // What is no secret is found wherever it stands: nothing was passed over.
            assertEquals(PLACES, clean.kinds(control.name()));

            Secret inStock = known.all().stream()
                    .filter(secret -> secret.name().startsWith("K of subscription"))
                    .reduce((one, later) -> later)
                    .orElseThrow();
            try (Planting planting = new Planting(installation, run, inStock.value())) {
                planting.plant();
                Scan planted = Scan.of(search, sources);
                Set<String> everywhereButInOutput = new TreeSet<>(PLACES);
                everywhereButInOutput.remove("output");
                assertEquals(everywhereButInOutput, new TreeSet<>(planted.kinds(inStock.name())));
                assertEquals("", planted.besides(Set.of(control.name(), inStock.name())));
                for (String place : PLANTED) {
                    assertTrue(
                            planted.found().stream().map(Found::toString).anyMatch(found -> isLike(place, found)),
                            "not found in " + place);
                }
            }
        }
    }

    private static boolean isLike(String place, String found) {
        return Stream.of(place.split("\\*", 2)).allMatch(found::contains);
    }

    private static void allKindsAreKnown(KnownSecrets known) {
        for (String kind : List.of(
                "K of subscription",
                "OPc of subscription",
                "PIN 1 of subscription",
                "PIN 129 of subscription",
                "ADM 10 of subscription",
                "PUK 1 of subscription",
                "MNO-SD key",
                "SCP80 KIc 1 of card",
                "SCP80 KIc 2 of card",
                "SCP80 KID 2 of card",
                "SCP03 ENC of ISD-P",
                "SCP03 DEK of ISD-P",
                "ECASD's private key",
                "group extension's private key",
                "device secret",
                "password kafka",
                "master key",
                "private key sm-sr",
                "private key sm-dp",
                "transport key's private half of sm-dp",
                "data key in tenant_key",
                "data key in sm_dp_tenant_key",
                "token key's",
                "token's signature")) {
            assertTrue(known.count(kind) > 0, kind + ": none known");
        }
    }
}

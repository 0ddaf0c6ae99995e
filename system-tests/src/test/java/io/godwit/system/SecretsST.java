package io.godwit.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.cli.platform.Installation;
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
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The promise that no secret stands in a record, a message, a row, a log, an answer or an output. */
@ExtendWith(RunningPlatform.class)
class SecretsST {
    private static final Set<String> PLACES =
            Set.of("kafka", "mqtt", "database-registry", "database-provisioning", "files", "rest", "output");

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
            System.out.println(
                    known.all().size() + " secrets; looked through " + new java.util.TreeMap<>(clean.looked()));
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
                String places = planted.found().stream()
                        .filter(found -> found.secret().equals(inStock))
                        .map(Object::toString)
                        .collect(Collectors.joining("\n"));
                System.out.println(places);
            }
        }
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

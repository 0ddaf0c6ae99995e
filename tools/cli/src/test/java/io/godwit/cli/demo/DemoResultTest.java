package io.godwit.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.cli.registry.CampaignFigures;
import io.godwit.cli.scenario.OrderMode;
import io.godwit.cli.scenario.OrderResult;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DemoResultTest {
    private static final CampaignFigures ONE_REPAIRED = new CampaignFigures("Completed", 1, 1, 1);

    private static final DemoResult.Stock STOCK = stock("ROLLED_BACK", true);

    private static DemoResult.Stock stock(String code, boolean back) {
        return new DemoResult.Stock(
                2,
                Json.object().put("Consumed", 2).build(),
                new DemoResult.Refused(code, "the network refused it", back));
    }

    private static OrderResult order(@Nullable CampaignFigures campaign, long succeeded, List<String> mismatches) {
        return new OrderResult(
                "EnableProfile {type:operational}",
                campaign == null ? OrderMode.SINGLE : OrderMode.GROUP,
                2,
                succeeded,
                2 - succeeded,
                Map.of("Executed-Success", succeeded),
                1.25,
                Map.of("A1", 2L),
                4,
                1000,
                Map.of("kafka", 0.5),
                mismatches,
                campaign);
    }

    private static DemoResult result(long succeeded, List<String> mismatches, boolean granted, boolean groupGranted) {
        return new DemoResult(
                order(ONE_REPAIRED, succeeded, mismatches),
                order(null, 2, List.of()),
                granted,
                groupGranted,
                downloaded(true, 2),
                STOCK);
    }

    @Test
    void soundOnlyWhenEveryCardIsWhereItsEisSaysAndBothRequestsWereGranted() {
        assertTrue(result(2, List.of(), true, true).isSound());
        assertFalse(result(1, List.of(), true, true).isSound());
        assertFalse(result(2, List.of("card-1"), true, true).isSound());
        assertFalse(result(2, List.of(), false, true).isSound());
        assertFalse(result(2, List.of(), true, false).isSound());
    }

    private static DemoResult.Downloaded downloaded(boolean first, long succeeded) {
        return new DemoResult.Downloaded(first, order(null, succeeded, List.of()));
    }

    @Test
    void soundOnlyWhenEveryCardGotItsProfile() {
        OrderResult group = order(ONE_REPAIRED, 2, List.of());
        OrderResult single = order(null, 2, List.of());
        assertFalse(new DemoResult(group, single, true, true, null, STOCK).isSound());
        assertFalse(new DemoResult(group, single, true, true, downloaded(false, 2), STOCK).isSound());
        assertFalse(new DemoResult(group, single, true, true, downloaded(true, 1), STOCK).isSound());
    }

    @Test
    void soundOnlyWhenTheSameCardsDidAsWellOneByOne() {
        OrderResult group = order(ONE_REPAIRED, 2, List.of());
        assertFalse(new DemoResult(group, null, true, true, downloaded(true, 2), STOCK).isSound());
        assertFalse(new DemoResult(group, order(null, 1, List.of()), true, true, downloaded(true, 2), STOCK).isSound());
        assertFalse(new DemoResult(group, order(null, 2, List.of("card-2")), true, true, downloaded(true, 2), STOCK)
                .isSound());
    }

    @Test
    void soundOnlyWhenTheProfileWithAWrongKiWasRolledBack() {
        OrderResult group = order(ONE_REPAIRED, 2, List.of());
        OrderResult single = order(null, 2, List.of());
        for (DemoResult.Stock stock : List.of(stock("NOT_ANSWERED", true), stock("ROLLED_BACK", false))) {
            assertFalse(new DemoResult(group, single, true, true, downloaded(true, 2), stock).isSound());
        }
        assertFalse(new DemoResult(group, single, true, true, downloaded(true, 2), null).isSound());
    }

    @Test
    void jsonHasWhatScriptsReadFirst() {
        String figures = "\"cards\":2,\"succeeded\":2,\"failed\":0,\"seconds\":1.25,\"publishes\":{\"A1\":2},"
                + "\"cpuMillisPerCard\":{\"kafka\":0.50},\"outcomes\":{\"Executed-Success\":2},"
                + "\"mismatches\":[],\"serverPublishes\":4,\"serverOctets\":1000";
        assertEquals(
                "{" + figures + ",\"repaired\":1,\"single\":{" + figures
                        + "},\"firstDownloadEnabled\":true,\"downloads\":{" + figures
                        + "},\"subscriptionsImported\":2,\"subscriptions\":{\"Consumed\":2},\"wrongKi\":\"ROLLED_BACK\","
                        + "\"wrongKiRolledBack\":true,\"requestGranted\":true,\"groupRequestGranted\":true}",
                JsonWriter.write(result(2, List.of(), true, true).toJson()).toUtf8());
    }
}

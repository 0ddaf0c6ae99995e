package io.godwit.cli.bench.faults;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.CampaignFigures;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.CardComparison;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.simulator.fleet.AcknowledgedMessages;
import io.godwit.simulator.fleet.CardTruth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds what came of an order for a whole group, or of one for each of its cards, against what was promised. */
public final class OrderCheck {
    private final String gid;
    private final int cards;
    private final Path acknowledged;
    private final RecordedMessages recorded;

    private OrderCheck(String gid, int cards, Path acknowledged, RecordedMessages recorded) {
        this.gid = gid;
        this.cards = cards;
        this.acknowledged = acknowledged;
        this.recorded = recorded;
    }

    /**
     * To be made before the devices connect.
     *
     * @param acknowledged the file in which they write down what the broker acknowledged
     */
    public static OrderCheck of(Installation installation, String gid, int cards, Path acknowledged) {
        return new OrderCheck(
                gid,
                cards,
                acknowledged,
                RecordedMessages.from(installation.platform().kafka(), TopicSet.SHARED.toSmSr()));
    }

    /**
     * Each broken promise as a sentence.
     *
     * @param before what was enabled on each card when the order was sent
     * @param ended the operation, or the operations
     * @param members their outcomes
     * @param truth the cards themselves
     */
    public List<String> broken(
            RegistryClient registry,
            Map<Eid, Aid> before,
            List<Json.Obj> ended,
            List<Json.Obj> members,
            List<CardTruth> truth)
            throws IOException, InterruptedException {
        List<String> broken = new ArrayList<>(Promises.outcomes(cards, ended, members));
        broken.addAll(Promises.cards(before, truth, members));
        List<String> mismatches = CardComparison.mismatches(registry, gid, truth);
        if (!mismatches.isEmpty()) {
            broken.add("EIS and card differ for " + mismatches);
        }
        ended.forEach(operation -> CampaignFigures.of(operation)
                .ifPresent(campaign -> broken.addAll(Promises.packages(gid, campaign.commands(), truth))));
        broken.addAll(Promises.records(AcknowledgedMessages.read(acknowledged), recorded.read()));
        return broken;
    }
}

package io.godwit.cli.registry;

import io.godwit.protocol.json.Json;
import java.util.Optional;

/**
 * How an operation in group mode goes.
 *
 * @param state as the SM-SR names it; {@code Ordered} until it has told one
 * @param triggers A1 messages to the group so far
 * @param commands C1 messages to the group so far
 * @param repaired members that have their outcome by a command of their own, B1
 */
public record CampaignFigures(String state, long triggers, long commands, long repaired) {

    /** Of an operation as the registry shows it; empty in single mode. */
    public static Optional<CampaignFigures> of(Json.Obj operation) {
        return operation
                .object("campaign")
                .map(campaign -> new CampaignFigures(
                        campaign.text("state").orElse("Ordered"),
                        campaign.number("triggers").orElse(0L),
                        campaign.number("commands").orElse(0L),
                        campaign.number("repaired").orElse(0L)));
    }

    /** For people: {@code campaign Commanded: 1 A1, 1 C1, 3 repaired}. */
    public String sentence() {
        return "campaign " + state + ": " + triggers + " A1, " + commands + " C1, " + repaired + " repaired";
    }
}

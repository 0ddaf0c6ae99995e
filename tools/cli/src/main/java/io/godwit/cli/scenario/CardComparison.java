package io.godwit.cli.scenario;

import io.godwit.cli.registry.RegistryClient;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.Fields;
import io.godwit.protocol.record.ProfileState;
import io.godwit.simulator.fleet.CardTruth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds what the registry says of each card against the card itself. */
public final class CardComparison {
    private CardComparison() {}

    /** The nids of {@code gid} whose EIS and card differ, or that only one side knows; an ISD-P without a profile is one too many. */
    public static List<String> mismatches(RegistryClient registry, String gid, List<CardTruth> cards) {
        Map<String, Set<ProfileState>> truth = new HashMap<>();
        for (CardTruth card : cards) {
            if (card.nid() != null && card.emptyIsdPs() == 0) {
                truth.put(card.nid().value(), Set.copyOf(card.profiles()));
            }
        }
        List<String> mismatches = new ArrayList<>();
        for (Json.Obj euicc : registry.euiccs(gid)) {
            String nid = euicc.text("nid").orElseThrow();
            Set<ProfileState> known = new Fields(euicc)
                    .list("profiles", ProfileState::fromJson).stream()
                            .filter(profile -> profile.state() != ProfileState.State.DELETED)
                            // A card does not know whose its profiles are.
                            .map(profile -> profile.of(null))
                            .collect(Collectors.toSet());
            if (!known.equals(truth.get(nid))) {
                mismatches.add(nid);
            }
        }
        return mismatches;
    }

    /** The nids of cards that have executed one command twice, told by its counter, or one package of a group. */
    public static List<String> executedTwice(List<CardTruth> cards) {
        return cards.stream()
                .filter(CardTruth::executedTwice)
                .map(card ->
                        card.nid() == null ? card.eid().digits() : card.nid().value())
                .toList();
    }
}

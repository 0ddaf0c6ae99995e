package io.godwit.registry.reuse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Follows what is told of cards, event by event, so that no profile is missed that came and went in between. Pure.
 */
final class SpanChanges {
    private final Map<String, Map<String, Span>> open = new HashMap<>();
    private final Set<String> active;
    private final List<Span> ended = new ArrayList<>();
    private final List<Span> fresh = new ArrayList<>();

    /**
     * @param active the cards that are in the fleet; nothing begins on another one
     * @param known spans that have not ended
     */
    SpanChanges(Set<String> active, List<Span> known) {
        this.active = Set.copyOf(active);
        known.forEach(span -> of(span.nid()).put(span.iccid(), span));
    }

    /** Of one card in its order. */
    SpanChanges add(Told told) {
        String nid = told.nid().value();
        Map<String, Span> had = of(nid);
        for (Span span : List.copyOf(had.values())) {
            if (!told.iccids().contains(span.iccid())) {
                had.remove(span.iccid());
                end(span, span.until(told.at(), told.cause()));
            }
        }
        if (active.contains(nid)) {
            for (String iccid : new TreeSet<>(told.iccids())) {
                if (!had.containsKey(iccid)) {
                    Span span = new Span(iccid, nid, told.sequence(), told.at(), told.cause(), null, null);
                    had.put(iccid, span);
                    fresh.add(span);
                }
            }
        }
        return this;
    }

    private Map<String, Span> of(String nid) {
        return open.computeIfAbsent(nid, card -> new HashMap<>());
    }

    private void end(Span span, Span over) {
        (fresh.remove(span) ? fresh : ended).add(over);
    }

    /** Of the known ones, those that have ended. */
    List<Span> ended() {
        return ended;
    }

    /** Those that began; some have ended already. */
    List<Span> fresh() {
        return fresh;
    }
}

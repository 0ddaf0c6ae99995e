package io.godwit.registry.reuse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Works out who held one profile, of all that is known of it. Pure, and a function of the set of facts: in which order they were read
 * makes no difference.
 *
 * <p>A card that has the profile holds it while no other card does; one that comes meanwhile waits, and holds it from the moment when
 * the other one is told to be without. The copy that a replacement brings waits for that replacement alone: it holds the profile
 * from the moment when the right moves, however long it has been on the card.
 */
final class History {
    private final List<Span> present = new ArrayList<>();
    private final List<Holding> holdings = new ArrayList<>();
    private final List<Move> moves;
    private final List<Reservation> reservations;
    private @Nullable Holding now;

    private History(List<Move> moves, List<Reservation> reservations) {
        this.moves = moves;
        this.reservations = reservations;
    }

    /** At the same moment in this order: so the right moves before its old card is found without, and nobody holds it twice. */
    private enum Kind {
        MOVED,
        GONE,
        CAME,
        /** It came at that moment too. */
        GONE_AT_ONCE
    }

    private record Event(
            Instant at,
            Kind kind,
            String key,
            @Nullable Span span,
            @Nullable Move move) {}

    private static final Comparator<Event> IN_TIME =
            Comparator.comparing(Event::at).thenComparing(Event::kind).thenComparing(Event::key);

    /**
     * @param spans of one profile, on all cards
     * @param moves of that profile
     * @param reservations of that profile in the stock
     * @return in the order of time, none begins before the last one has ended, and at most the last one has not
     */
    static List<Holding> of(List<Span> spans, List<Move> moves, List<Reservation> reservations) {
        History history = new History(moves, reservations);
        Stream.concat(spans.stream().flatMap(History::events), moves.stream().flatMap(History::events))
                .sorted(IN_TIME)
                .forEach(history::follow);
        if (history.now != null) {
            history.holdings.add(history.now);
        }
        return List.copyOf(history.holdings);
    }

    private static Stream<Event> events(Span span) {
        String key = span.nid() + "/" + span.sequence();
        Event came = new Event(span.since(), Kind.CAME, key, span, null);
        if (span.gone() == null) {
            return Stream.of(came);
        }
        Kind kind = span.gone().equals(span.since()) ? Kind.GONE_AT_ONCE : Kind.GONE;
        return Stream.of(came, new Event(span.gone(), kind, key, span, null));
    }

    private static Stream<Event> events(Move move) {
        return move.moved() == null
                ? Stream.empty()
                : Stream.of(new Event(move.moved(), Kind.MOVED, move.ticket(), null, move));
    }

    private void follow(Event event) {
        if (event.move() != null) {
            moved(event.move(), event.at());
        } else if (event.span() != null && event.kind() == Kind.CAME) {
            present.add(event.span());
            promote(event.at());
        } else if (event.span() != null) {
            gone(event.span(), event.at());
        }
    }

    private void moved(Move move, Instant at) {
        end(at, Holding.REPLACEMENT);
        now = new Holding(move.iccid(), move.successor(), at, null, Holding.REPLACEMENT, null, move.ticket());
    }

    private void gone(Span span, Instant at) {
        present.remove(span);
        if (now != null && now.nid().equals(span.nid()) && !movesSoon(span, at)) {
            end(at, String.valueOf(span.goneCause()));
            promote(at);
        }
    }

    /** Its deletion is part of a move: it holds the right until that moment, and there is no moment without a holder. */
    private boolean movesSoon(Span span, Instant at) {
        return !Span.REMOVED.equals(span.goneCause()) && moves.stream().anyMatch(move -> move.explains(span.nid(), at));
    }

    private void end(Instant at, String why) {
        if (now != null) {
            holdings.add(now.until(at, why));
            now = null;
        }
    }

    private void promote(Instant at) {
        if (now == null) {
            now = present.stream()
                    .filter(span -> moves.stream().noneMatch(move -> move.copies(span)))
                    .min(Comparator.comparing(Span::since).thenComparing(Span::nid))
                    .map(span -> new Holding(span.iccid(), span.nid(), at, null, span.cause(), null, ticket(span)))
                    .orElse(null);
        }
    }

    /** By the last time that it was reserved for the card before it was there. */
    private @Nullable String ticket(Span span) {
        return reservations.stream()
                .filter(one -> one.nid().equals(span.nid()) && !one.at().isAfter(span.since()))
                .max(Comparator.comparing(Reservation::at))
                .map(Reservation::ticket)
                .orElse(null);
    }
}

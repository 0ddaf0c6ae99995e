package io.godwit.registry.reuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final String ICCID = "89000123456789012341";

    @Test
    void aCardHoldsAProfileFromWhenItIsToldUntilItIsGone() {
        assertEquals("a 1-3 DownloadProfile/DeleteProfile", history(List.of(span("a", 1, 3)), List.of()));
        assertEquals("a 1- DownloadProfile/null", history(List.of(span("a", 1)), List.of()));
        assertEquals(
                "a 1-1 DownloadProfile/DeleteProfile, a 1- DownloadProfile/null",
                history(List.of(span("a", 1, 1), span("a", 1)), List.of()));
        assertEquals("", history(List.of(), List.of()));
    }

    @Test
    void oneThatComesWhileAnotherHoldsItWaitsForItsEnd() {
        assertEquals(
                "a 1-5 DownloadProfile/DeleteProfile, b 5- DownloadProfile/null",
                history(List.of(span("a", 1, 5), span("b", 3)), List.of()));
        assertEquals(
                "a 1-5 DownloadProfile/DeleteProfile",
                history(List.of(span("a", 1, 5), span("b", 3, 4)), List.of()),
                "it never came to hold it");
    }

    @Test
    void theRightMovesWhenTheReplacementSaysSoAndThereIsNoMomentWithoutAHolder() {
        List<Span> spans = List.of(span("a", 1, 7), span("b", 5));
        assertEquals("a 1-8 DownloadProfile/Replacement, b 8- Replacement/null t", history(spans, moved("t", 4, 8)));
        assertEquals(
                "a 1-8 DownloadProfile/Replacement, b 8- Replacement/null t",
                history(List.of(span("a", 1, 8), span("b", 5)), moved("t", 4, 8)),
                "at the same moment");
        assertEquals(
                "a 1-7 DownloadProfile/DeleteProfile",
                history(spans, List.of(new Move("t", ICCID, "a", "b", at(4), null, null))),
                "a copy is no holder while it is not told that the right has moved");
    }

    @Test
    void aCopyWhoseReplacementHasEndedOtherwiseNeverHoldsIt() {
        List<Move> withdrawn = List.of(new Move("t", ICCID, "a", "b", at(4), null, at(9)));
        assertEquals(
                "a 1-12 DownloadProfile/DeleteProfile", history(List.of(span("a", 1, 12), span("b", 5)), withdrawn));
        assertEquals(
                "a 1-12 DownloadProfile/DeleteProfile, b 13- DownloadProfile/null",
                history(List.of(span("a", 1, 12), span("b", 5, 8), span("b", 13)), withdrawn),
                "what comes later is another one");
    }

    @Test
    void whatIsKnownOfTheSuccessorAloneEndsItsHolding() {
        assertEquals(
                "a 1-8 DownloadProfile/Replacement, b 8-20 Replacement/DeleteProfile t",
                history(List.of(span("a", 1, 7), span("b", 5, 20)), moved("t", 4, 8)));
        assertEquals(
                "b 8- Replacement/null t", history(List.of(), moved("t", 4, 8)), "nothing of the cards is read yet");
    }

    @Test
    void aRemovedCardHoldsItNoLongerEvenIfTheRightMovesLater() {
        Span removed = new Span(ICCID, "a", 1, at(1), "RegisterEIS", at(6), Span.REMOVED);
        assertEquals(
                "a 1-6 RegisterEIS/Removed, b 8- Replacement/null t",
                history(List.of(removed, span("b", 5)), moved("t", 4, 8)));
    }

    @Test
    void thereAndBackAgain() {
        List<Span> spans = List.of(span("a", 1, 7), span("b", 5, 27), span("a", 25));
        List<Move> moves = List.of(
                new Move("t", ICCID, "a", "b", at(4), at(8), at(10)),
                new Move("u", ICCID, "b", "a", at(24), at(28), at(30)));
        assertEquals(
                "a 1-8 DownloadProfile/Replacement, b 8-28 Replacement/Replacement t, a 28- Replacement/null u",
                history(spans, moves));
    }

    @Test
    void whatASuccessorGetsOfItsOwnBearsTheTicketThereAndThen() {
        List<Span> spans = List.of(span("b", 1, 3), span("c", 4, 5), span("b", 7, 9), span("b", 12));
        List<Reservation> reservations = new ArrayList<>(List.of(
                new Reservation("b", at(0), null),
                new Reservation("c", at(3), "other"),
                new Reservation("b", at(6), "t"),
                new Reservation("b", at(11), null)));
        Collections.shuffle(reservations, new Random(1));
        assertEquals(
                "b 1-3 DownloadProfile/DeleteProfile, c 4-5 DownloadProfile/DeleteProfile other,"
                        + " b 7-9 DownloadProfile/DeleteProfile t, b 12- DownloadProfile/null",
                words(History.of(spans, List.of(), reservations)));
    }

    @Test
    void ofAnyFactsInAnyOrderTheHistoryIsOneAndHasOneLiveHolderAtMost() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            List<Span> spans = new ArrayList<>();
            for (String nid : List.of("a", "b", "c")) {
                int since = random.nextInt(10);
                for (int i = 0; i < random.nextInt(4); i++) {
                    int gone = since + random.nextInt(6);
                    boolean last = random.nextInt(4) == 0;
                    spans.add(last ? span(nid, since) : span(nid, since, gone));
                    since = gone + random.nextInt(4);
                    if (last) {
                        break;
                    }
                }
            }
            List<Move> moves = new ArrayList<>();
            for (int i = 0; i < random.nextInt(4); i++) {
                int begun = random.nextInt(20);
                Instant moved = random.nextBoolean() ? at(begun + random.nextInt(5)) : null;
                Instant ended = random.nextBoolean() ? at(begun + 5 + random.nextInt(5)) : null;
                String old = List.of("a", "b", "c").get(random.nextInt(3));
                moves.add(new Move("t" + i, ICCID, old, old.equals("b") ? "c" : "b", at(begun), moved, ended));
            }
            List<Reservation> reservations = new ArrayList<>();
            for (int i = 0; i < random.nextInt(4); i++) {
                String nid = List.of("a", "b", "c").get(random.nextInt(3));
                reservations.add(
                        new Reservation(nid, at(i * 5 + random.nextInt(5)), random.nextBoolean() ? "r" + i : null));
            }
            List<Holding> history = History.of(spans, moves, reservations);
            Instant last = Instant.MIN;
            for (int i = 0; i < history.size(); i++) {
                Holding one = history.get(i);
                assertFalse(one.from().isBefore(last), "seed " + seed + ": " + history);
                assertTrue(one.until() != null || i == history.size() - 1, "seed " + seed + ": " + history);
                assertTrue(one.until() == null || !one.until().isBefore(one.from()), "seed " + seed + ": " + history);
                last = one.until();
            }
            Collections.shuffle(spans, random);
            Collections.shuffle(moves, random);
            Collections.shuffle(reservations, random);
            assertEquals(history, History.of(spans, moves, reservations), "seed " + seed);
        }
    }

    private static String history(List<Span> spans, List<Move> moves) {
        return words(History.of(spans, moves, List.of()));
    }

    private static String words(List<Holding> history) {
        return history.stream()
                .map(one -> one.nid() + " " + second(one.from()) + "-" + second(one.until()) + " " + one.cause() + "/"
                        + one.endCause() + (one.ticket() == null ? "" : " " + one.ticket()))
                .collect(Collectors.joining(", "));
    }

    private static String second(Instant at) {
        return at == null ? "" : Long.toString(at.getEpochSecond() - START.getEpochSecond());
    }

    private static List<Move> moved(String ticket, int begun, int moved) {
        return List.of(new Move(ticket, ICCID, "a", "b", at(begun), at(moved), at(moved + 2)));
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    private static Span span(String nid, int since) {
        return new Span(ICCID, nid, since, at(since), "DownloadProfile", null, null);
    }

    private static Span span(String nid, int since, int gone) {
        return new Span(ICCID, nid, since, at(since), "DownloadProfile", at(gone), "DeleteProfile");
    }
}

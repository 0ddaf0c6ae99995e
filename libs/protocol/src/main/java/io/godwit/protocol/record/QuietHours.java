package io.godwit.protocol.record;

import io.godwit.protocol.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Every day's hours in which nothing is begun that a card has asked for.
 *
 * @param from the first minute of them
 * @param to the first minute after them; before {@code from}: on the next day
 */
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {
    /** @throws IllegalArgumentException when they would be no hours, or all */
    public QuietHours {
        if (from.equals(to)) {
            throw new IllegalArgumentException("quietHours.to: another time than from expected");
        }
    }

    /** @throws IllegalArgumentException when one of them is not as it should be; the message names it */
    public static QuietHours of(String from, String to, String zone) {
        return new QuietHours(time("from", from), time("to", to), zone(zone));
    }

    /** When they end, if {@code now} is within them. */
    public Optional<Instant> endAfter(Instant now) {
        ZonedDateTime here = now.atZone(zone);
        LocalTime time = here.toLocalTime();
        boolean overnight = to.isBefore(from);
        boolean isQuiet =
                overnight ? !time.isBefore(from) || time.isBefore(to) : !time.isBefore(from) && time.isBefore(to);
        if (!isQuiet) {
            return Optional.empty();
        }
        boolean tomorrow = overnight && !time.isBefore(from);
        Instant end = ZonedDateTime.of(here.toLocalDate().plusDays(tomorrow ? 1 : 0), to, zone)
                .toInstant();
        // Where clocks are set back, the hour may come twice: the end is then the second time that it is so late.
        return Optional.of(
                end.isAfter(now)
                        ? end
                        : ZonedDateTime.of(here.toLocalDate(), to, zone)
                                .withLaterOffsetAtOverlap()
                                .toInstant());
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("from", from.toString())
                .put("to", to.toString())
                .put("zone", zone.getId())
                .build();
    }

    public static QuietHours fromJson(Fields fields) {
        return of(fields.text("from"), fields.text("to"), fields.text("zone"));
    }

    private static LocalTime time(String name, String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("quietHours." + name + ": a time of day such as 22:00 expected", e);
        }
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("quietHours.zone: a zone such as Asia/Seoul expected", e);
        }
    }
}

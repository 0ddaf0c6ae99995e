package io.godwit.simulator.fleet;

import io.godwit.protocol.Eid;
import io.godwit.protocol.Iccid;
import java.util.Locale;

/**
 * The numbers of the cards to be made.
 *
 * @param series tells fleets apart, 0 to 99999: EIDs and ICCIDs are unique in a whole installation
 * @param firstNumber the number of the first card in its series
 * @param count how many cards
 * @param groupExtensionPercent how many of a hundred cards have the group extension, evenly spread over the numbers
 */
public record FleetPlan(int series, int firstNumber, int count, int groupExtensionPercent) {
    public static final int DEFAULT_GROUP_EXTENSION_PERCENT = 100;
    private static final int MAX_SERIES = 99_999;
    private static final int MAX_NUMBER = 99_999_999;

    /** @throws IllegalArgumentException when a number has no room in an EID, or the percentage is none */
    public FleetPlan {
        if (groupExtensionPercent < 0 || groupExtensionPercent > 100) {
            throw new IllegalArgumentException("groupExtensionPercent: 0 to 100 expected");
        }
        if (series < 0 || series > MAX_SERIES) {
            throw new IllegalArgumentException("series: 0 to " + MAX_SERIES + " expected");
        }
        if (firstNumber < 0 || count < 1 || firstNumber + (long) count > MAX_NUMBER) {
            throw new IllegalArgumentException("count: 1 to " + MAX_NUMBER + " cards in a series expected");
        }
    }

    /** Cards that all have the group extension. */
    public FleetPlan(int series, int firstNumber, int count) {
        this(series, firstNumber, count, DEFAULT_GROUP_EXTENSION_PERCENT);
    }

    /** Whether card {@code number} has the group extension. */
    boolean hasGroupExtension(int number) {
        return soManyOf(number + 1) > soManyOf(number);
    }

    private long soManyOf(int cards) {
        return (long) cards * groupExtensionPercent / 100;
    }

    /** The EID of card {@code number}: manufacturer 049032, series, number. */
    Eid eid(int number) {
        return Eid.withCheckDigits(digits("89049032%05d%017d", series, number));
    }

    /** The ICCID of the profile in slot {@code slot} of card {@code number}. */
    Iccid iccid(int number, int slot) {
        return Iccid.withCheckDigit(digits("8988%05d%d%09d", series, slot, number));
    }

    private static String digits(String format, Object... numbers) {
        return String.format(Locale.ROOT, format, numbers);
    }
}

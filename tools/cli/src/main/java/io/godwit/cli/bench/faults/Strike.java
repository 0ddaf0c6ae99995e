package io.godwit.cli.bench.faults;

/**
 * A fault that was carried out, and how far the order was at that moment.
 *
 * @param triggered A2 that brokers had acknowledged
 * @param answered B2 and C2 that brokers had acknowledged
 * @param done cards that had changed their profile and had nothing left to be confirmed
 */
public record Strike(Fault fault, long triggered, long answered, int done) {
    /** Whether some of {@code cards} had begun and some had not ended. */
    public boolean isInTheMiddle(int cards) {
        return triggered > 0 && done < cards;
    }

    /** For people: what was killed, and where the order was. */
    public String describe() {
        return fault.name() + " (" + triggered + "/" + answered + "/" + done + ")";
    }
}

package io.godwit.cli.bench.faults.replacement;

/**
 * A strike that was carried out.
 *
 * @param found the last stage that REST told in the moment before; a later one than that of {@code strike} where the replacement
 *     went on while REST did not answer
 */
public record StageHit(StageStrike strike, String found) {
    boolean isAtItsStage() {
        return found.equals(strike.stage());
    }

    /** For people: as {@link StageStrike#describe}, and where the replacement really was. */
    String describe() {
        return isAtItsStage() ? strike.describe() : strike.describe() + ", found at " + found;
    }
}

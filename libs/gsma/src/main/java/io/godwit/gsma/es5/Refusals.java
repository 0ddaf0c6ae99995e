package io.godwit.gsma.es5;

import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.es5.Es5Outcome.Refused;
import java.util.List;

/** Puts a status word into the words of {@link Es5Error}. */
final class Refusals {
    private Refusals() {}

    /**
     * The outcome of a function that has one command and no data in its answer.
     *
     * @param conditions what "conditions of use not satisfied" (6985) means in that function
     */
    static Es5Outcome plainOutcome(List<ResponseApdu> responses, Es5Error conditions) {
        if (responses.isEmpty()) {
            return new Es5Outcome.NotAnswered();
        }
        StatusWord status = responses.get(0).status();
        return status.isSuccess() ? new Es5Outcome.Executed() : refused(status, conditions);
    }

    static Refused refused(StatusWord status, Es5Error conditions) {
        return new Refused(
                status,
                switch (status.value()) {
                    case 0x6985 -> conditions;
                    case 0x6a82, 0x6a88 -> Es5Error.UNKNOWN_ISDP;
                    case 0x69e1 -> Es5Error.POL1_FORBIDS;
                    case 0x6a80 -> Es5Error.WRONG_DATA;
                    case 0x6581, 0x6a84 -> Es5Error.MEMORY;
                    case 0x6310 -> Es5Error.MORE_DATA;
                    default -> Es5Error.OTHER;
                });
    }
}

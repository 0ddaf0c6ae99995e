package io.godwit.cli;

import io.godwit.local.hivemq.BrokerNames;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Refuses what makes no sense on the command line, before anything has been done: status 2, the option, what it takes. */
record Bounds(CommandLine command) {
    /** More cards are not simulated in one process. */
    static final int MOST_CARDS = 50_000;

    static final int MOST_REPLICAS = 16;

    Bounds cards(int value) {
        return within("--cards", value, 1, MOST_CARDS, "; one machine simulates no more");
    }

    Bounds replicas(int value) {
        return within("--replicas", value, 1, MOST_REPLICAS, "");
    }

    Bounds brokers(int value) {
        return within("--brokers", value, 1, BrokerNames.MOST, "");
    }

    Bounds within(String option, long value, long least, long most) {
        return within(option, value, least, most, "");
    }

    private Bounds within(String option, long value, long least, long most, String why) {
        if (value < least || value > most) {
            throw refusal(option, least + " to " + most + why);
        }
        return this;
    }

    ParameterException refusal(String option, String allowed) {
        return new ParameterException(command, option + ": use " + allowed);
    }
}

package io.godwit.gsma.profile.install;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Parsed;
import io.godwit.gsma.profile.EuiccResponse;
import io.godwit.gsma.profile.PackageFault;
import io.godwit.gsma.profile.PeStatus;
import io.godwit.gsma.profile.ProfileElement;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.Reading;
import io.godwit.gsma.profile.Service;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The installation of a profile package as the card does it: octets come in pieces that may end anywhere, each whole element
 * is installed at once, and the first that cannot be ends it. A value: feeding gives another one. To keep it for later,
 * keep the octets that were fed and feed them again.
 */
public final class Installation {
    private final Draft draft;
    private final Octets pending;
    private final int consumed;
    private final int elements;
    private final State state;

    private Installation(Draft draft, Octets pending, int consumed, int elements, State state) {
        this.draft = draft;
        this.pending = pending;
        this.consumed = consumed;
        this.elements = elements;
        this.state = state;
    }

    /** How far it has come. */
    public sealed interface State {}

    /** More octets are expected. */
    public record Running() implements State {}

    /** The last element is installed; what comes after it is ignored. */
    public record Finished(InstalledProfile profile, EuiccResponse response) implements State {
        public Finished {
            requireNonNull(profile, "profile is null");
            requireNonNull(response, "response is null");
        }
    }

    /** Given up; what comes after is ignored. */
    public record Failed(InstallationFault fault, EuiccResponse response) implements State {
        public Failed {
            requireNonNull(fault, "fault is null");
            requireNonNull(response, "response is null");
        }
    }

    /**
     * Starts with nothing installed.
     *
     * @param memoryLimit how many octets the profile may take
     */
    public static Installation start(int memoryLimit) {
        return new Installation(new Draft(memoryLimit), Octets.EMPTY, 0, 0, new Running());
    }

    /** What a profile may demand of the card; one that demands more is given up at its header. */
    public static Set<Service> services() {
        return HeaderStep.services();
    }

    public State state() {
        return state;
    }

    /** Takes the next octets; never throws. */
    public Installation feed(Octets segment) {
        if (!(state instanceof Running)) {
            return this;
        }
        Draft next = draft.copy();
        Octets buffer = pending.plus(segment);
        int at = 0;
        int count = elements;
        while (true) {
            Octets rest = buffer.from(at);
            int start = consumed + at;
            Parsed<OptionalInt> length = ProfileElement.length(rest);
            if (length instanceof Parsed.Malformed<OptionalInt> malformed) {
                PackageFault fault = new PackageFault(0, "unknown", malformed.reason());
                return failed(InstallationFault.of(fault, OptionalInt.empty(), start));
            }
            int end = length.toOptional().orElseThrow().orElse(Integer.MAX_VALUE);
            if (end > rest.length()) {
                return new Installation(next, rest, start, count, state);
            }
            count++;
            if (start + end > ProfilePackage.MAX_OCTETS || count > ProfilePackage.MAX_ELEMENTS) {
                StatusFault fault = new StatusFault(PeStatus.NOT_ENOUGH_MEMORY, "the package is too long");
                return failed(InstallationFault.of(fault, "unknown", OptionalInt.empty(), start));
            }
            Optional<State> ended = install(next, rest.slice(0, end), start);
            if (ended.isPresent()) {
                return new Installation(next, Octets.EMPTY, start + end, count, ended.get());
            }
            at += end;
        }
    }

    /** Says that no octets will come any more: an installation that is still running has failed. */
    public Installation end() {
        if (!(state instanceof Running)) {
            return this;
        }
        StatusFault fault = StatusFault.invalidFormat("the package ends before its last element");
        return failed(InstallationFault.of(fault, "end", OptionalInt.empty(), consumed));
    }

    private Installation failed(InstallationFault fault) {
        return new Installation(draft, Octets.EMPTY, consumed, elements, fault.toState());
    }

    /** The state after an element that has ended the installation. */
    private static Optional<State> install(Draft draft, Octets octets, int start) {
        Reading<ProfileElement> reading = ProfileElement.decode(octets);
        if (reading instanceof Reading.Refused<ProfileElement> refused) {
            InstallationFault fault =
                    InstallationFault.of(refused.fault(), ProfileElement.identification(octets), start);
            return Optional.of(fault.toState());
        }
        ProfileElement element = ((Reading.Read<ProfileElement>) reading).value();
        try {
            return ElementStep.install(draft, element) ? Optional.of(finished(draft)) : Optional.empty();
        } catch (StatusFault fault) {
            OptionalInt identification = fault.identification().isPresent()
                    ? fault.identification()
                    : element.peHeader()
                            .map(header -> OptionalInt.of(header.identification()))
                            .orElse(OptionalInt.empty());
            return Optional.of(InstallationFault.of(fault, element.kind().literal(), identification, start)
                    .toState());
        }
    }

    private static State finished(Draft draft) {
        List<PeStatus> statuses = new ArrayList<>();
        statuses.add(PeStatus.of(PeStatus.OK));
        statuses.addAll(draft.leftOut);
        return new Finished(draft.toProfile(), new EuiccResponse(statuses, false, Optional.empty()));
    }
}

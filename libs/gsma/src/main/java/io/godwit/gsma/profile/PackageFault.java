package io.godwit.gsma.profile;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;

/**
 * Where and why octets are no profile package. It tells nothing of their content.
 *
 * @param offset the index of the octet at fault, counted from the start of what was read
 * @param element the name of the profile element it lies in, {@code unknown} where that is the fault
 */
public record PackageFault(int offset, String element, Malformation reason) {
    public PackageFault {
        requireNonNull(element, "element is null");
        requireNonNull(reason, "reason is null");
    }
}

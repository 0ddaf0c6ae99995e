package io.godwit.provisioning.intake;

/** Another process owns a partition by now: what this one was doing with its records must not be committed. */
final class PartitionLostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PartitionLostException() {
        super("a partition of the poll has another owner", null, false, false);
    }
}

package io.godwit.broker.kafka;

/** Told once what became of a record, on Kafka's thread or at once on the caller's: be quick, never wait. */
public interface Receipt {
    /** The record is in Kafka, on all replicas in sync. */
    void recorded();

    /** The record is not known to be in Kafka. It may be there all the same. */
    void lost();
}

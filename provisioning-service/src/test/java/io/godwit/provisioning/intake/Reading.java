package io.godwit.provisioning.intake;

import io.agroal.api.AgroalDataSource;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.provisioning.keys.FileMasterKey;
import io.godwit.provisioning.keys.MasterKey;
import io.godwit.provisioning.keys.Signing;
import io.godwit.provisioning.keys.SigningSettings;
import io.godwit.provisioning.keys.SmDpRole;
import io.godwit.provisioning.keys.TenantKeys;
import io.godwit.provisioning.keys.TransportKeys;
import io.godwit.provisioning.keys.TrustSettings;
import io.godwit.provisioning.postgres.ClaimTable;
import io.godwit.provisioning.procedure.Rules;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What a test needs to take records into the state by hand: no Kafka, a real database. */
record Reading(AgroalDataSource application, AgroalDataSource dispatcher) {
    static OrderSettings settings() {
        return new OrderSettings(3, Duration.ofMinutes(1));
    }

    TenantTransaction transactions() {
        return new TenantTransaction(application, () -> {});
    }

    Circumstances circumstances() throws SQLException {
        MasterKey master = FileMasterKey.read(Path.of("src/test/resources/master.key"));
        Signing signing = Signing.open(
                transactions(),
                master,
                SigningSettings.of(
                                Optional.empty(),
                                Optional.empty(),
                                TrustSettings.of(List.of(Path.of("src/test/resources/pki/ci.cert.pem")), true))
                        .withSmDp(
                                Optional.of(Path.of("src/test/resources/pki/sm-dp.key.pem")),
                                Optional.of(Path.of("src/test/resources/pki/sm-dp.cert.7f21"))),
                Instant.now());
        return new Circumstances(
                transactions(),
                TenantKeys.smSr(master),
                TransportKeys.smSr(transactions(), master),
                signing,
                new SmDpRole(signing.smDp(), TransportKeys.smDp(transactions(), master), TenantKeys.smDp(master)),
                Clock.systemUTC(),
                () -> 0.5,
                Rules.DEFAULTS,
                2000,
                new Meters(new SimpleMeterRegistry()));
    }

    Poll poll(String owner) throws SQLException {
        Circumstances circumstances = circumstances();
        return new Poll(
                circumstances,
                settings(),
                new Downlink(
                        new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()),
                        circumstances.meters()),
                new NodeRestarts(circumstances, dispatcher),
                owner);
    }

    long claim(TopicPartition partition, String owner) throws SQLException {
        return transactions().asPlatform(connection -> ClaimTable.claim(connection, partition, owner));
    }

    static Inbound inbound(TopicPartition partition, long offset, TenantId tenant, byte[] value) {
        ConsumerRecord<String, byte[]> source =
                new ConsumerRecord<>(partition.topic(), partition.partition(), offset, "key", value);
        source.headers().add(RecordHeaders.TENANT, tenant.value().getBytes(StandardCharsets.US_ASCII));
        return InboundReader.read(source);
    }
}

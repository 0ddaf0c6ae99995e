package io.godwit.registry.announce;

import io.godwit.kit.kafka.KafkaSettings;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.kafka.TopicSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Topic sets that exist: made in Kafka first, then remembered with the partitions that they really have. */
@ApplicationScoped
public class TopicSets {
    private static final int PATIENCE_SECONDS = 20;

    private final TenantTransaction transactions;
    private final KafkaSettings kafka;
    private final int partitions;
    private final short replication;

    public TopicSets(
            TenantTransaction transactions,
            KafkaSettings kafka,
            @ConfigProperty(name = "godwit.kafka.partitions") int partitions,
            @ConfigProperty(name = "godwit.kafka.replication") short replication) {
        this.transactions = transactions;
        this.kafka = kafka;
        this.partitions = partitions;
        this.replication = replication;
    }

    /** All sets, for those who read a topic of each. */
    public List<TopicSet> all() throws SQLException {
        return transactions.asPlatform(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT name FROM topic_set ORDER BY name");
                    ResultSet rows = select.executeQuery()) {
                List<TopicSet> sets = new ArrayList<>();
                while (rows.next()) {
                    sets.add(new TopicSet(rows.getString(1)));
                }
                return sets;
            }
        });
    }

    /**
     * Makes what is missing of a set's topics.
     *
     * @throws KafkaException when Kafka could not be asked; nothing is remembered then
     */
    public void ensure(TopicSet set) throws SQLException {
        if (all().contains(set)) {
            return;
        }
        int real = create(set);
        transactions.asPlatform(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO topic_set (name, partitions) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
                insert.setString(1, set.name());
                insert.setInt(2, real);
                return insert.executeUpdate();
            }
        });
    }

    private int create(TopicSet set) {
        try (Admin admin = Admin.create(kafka.admin("godwit-registry-topics"))) {
            List<NewTopic> topics = set.topics().stream()
                    .map(name -> topic(name, name.equals(set.fleet())))
                    .toList();
            for (var made : admin.createTopics(topics).values().values()) {
                try {
                    made.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw new KafkaException(
                                "the topics of set " + set.name() + " could not be made", e.getCause());
                    }
                }
            }
            return admin.describeTopics(List.of(set.fleet()))
                    .allTopicNames()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .values()
                    .iterator()
                    .next()
                    .partitions()
                    .size();
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("the topics of set " + set.name() + " could not be made", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while topics were made", e);
        }
    }

    private NewTopic topic(String name, boolean compacted) {
        NewTopic topic = new NewTopic(name, partitions, replication);
        return compacted
                ? topic.configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT))
                : topic;
    }
}

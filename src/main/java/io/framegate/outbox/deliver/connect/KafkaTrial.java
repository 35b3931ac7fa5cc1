package io.framegate.outbox.deliver.connect;

import io.framegate.outbox.deliver.KafkaLogin;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;

/** Tries Kafka: queries the topic. A producer's query would create it on brokers that create topics automatically. */
final class KafkaTrial implements Trial {

    private static final int TIMEOUT_MILLIS = 5000;

    @Override
    public String attempt(Endpoint endpoint, TargetProperties properties) throws Exception {
        KafkaEndpoint kafka = (KafkaEndpoint) endpoint;
        KafkaConfiguration configuration = kafka.getConfiguration();
        String topic = configuration.getTopic();
        try (Admin admin = Admin.create(client(kafka, configuration))) {
            Map<String, TopicDescription> found =
                    admin.describeTopics(List.of(topic)).allTopicNames().get(2 * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            int partitions =
                    Objects.requireNonNull(found.get(topic)).partitions().size();
            return "topic " + topic + " has " + partitions + (partitions == 1 ? " partition" : " partitions");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static Properties client(KafkaEndpoint kafka, KafkaConfiguration configuration) {
        KafkaClientFactory given = kafka.getKafkaClientFactory();
        KafkaClientFactory factory = given == null ? new DefaultKafkaClientFactory() : given;
        Properties all = configuration.createProducerProperties();
        all.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, factory.getBrokers(configuration));
        if (factory instanceof KafkaLogin login) {
            all = login.withLogin(all);
            login.requireKafka(all);
        }
        all.keySet().retainAll(AdminClientConfig.configNames());
        all.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        return all;
    }
}

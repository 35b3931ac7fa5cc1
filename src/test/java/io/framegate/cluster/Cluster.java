package io.framegate.cluster;

import io.framegate.it.support.GatewayProcess;
import io.framegate.it.target.HaProxy;
import io.framegate.it.target.KafkaTarget;
import io.framegate.it.target.S3Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/**
 * A broker, an S3 server, three gateways that put images there, and three workers that store them; HAProxy before the
 * gateways, where it is installed.
 */
final class Cluster implements AutoCloseable {

    static final String BUCKET = "framegate-images";

    static final int SIZE = 3;
    private static final String TOPIC = "framegate.cluster";
    private static final int PARTITIONS = 6;
    private static final String DELIVER = "framegate.deliver.kafka.";
    private static final String WORKER = "framegate.worker.kafka.";
    private static final String LANES = "8";

    private final Path directory;
    private final KafkaTarget kafka;
    private final S3Target s3;
    private final List<GatewayProcess> gateways = new ArrayList<>();
    private final List<GatewayProcess> workers = new ArrayList<>();
    private @Nullable HaProxy balancer;

    Cluster(Path directory) {
        this.directory = directory;
        kafka = new KafkaTarget(directory);
        s3 = new S3Target(directory);
    }

    /**
     * Starts all.
     *
     * @param accept the targets that must have an image before it is accepted, or empty
     */
    void start(String accept) {
        kafka.start();
        s3.start();
        createTopics();
        Map<Integer, Integer> balanced = new TreeMap<>();
        for (int number = 0; number < SIZE; number++) {
            GatewayProcess gateway = gateway(number, accept);
            int observePort = GatewayProcess.freePort();
            if (HaProxy.isInstalled()) {
                gateway.with("framegate.camera.proxy-protocol", "require")
                        .with("framegate.camera.proxy-from", "127.0.0.1")
                        .with("framegate.observe.port", Integer.toString(observePort));
            }
            gateways.add(gateway.start());
            balanced.put(gateway.cameraPort(), observePort);
            workers.add(worker(number).launch());
        }
        if (HaProxy.isInstalled()) {
            balancer = new HaProxy(directory.resolve("balancer"), balanced);
        }
        workers.forEach(worker -> worker.awaitLog(Duration.ofMinutes(2), "live wall"));
    }

    private GatewayProcess gateway(int number, String accept) {
        GatewayProcess gateway = new GatewayProcess(directory.resolve("gateway-" + number))
                .keepingPorts()
                .withOption("-Xmx256m")
                .with("framegate.node", "gateway-" + number)
                .with("framegate.accept.after", accept)
                .with("framegate.deliver.cloudevents", "true")
                .with("framegate.deliver.s3.enabled", "true")
                .with("framegate.deliver.s3.concurrency", LANES)
                .with(DELIVER + "enabled", "true")
                .with(DELIVER + "payload", "event")
                .with(DELIVER + "after", "s3")
                .with(DELIVER + "concurrency", LANES);
        s3.properties().forEach(gateway::with);
        kafka.properties().forEach(gateway::with);
        return gateway.with(DELIVER + "topic", TOPIC);
    }

    private GatewayProcess worker(int number) {
        GatewayProcess worker = new GatewayProcess(directory.resolve("worker-" + number))
                .keepingPorts()
                .withOption("-Xmx256m")
                .with("framegate.node", "worker-" + number)
                .with("framegate.camera.enabled", "false")
                .with("framegate.frames.enabled", "false")
                .with(WORKER + "enabled", "true");
        s3.properties().forEach(worker::with);
        kafka.properties().forEach((name, value) -> worker.with(name.replace(DELIVER, WORKER), value));
        return worker.with(WORKER + "topic", TOPIC)
                .with(WORKER + "dead-letter-topic", TOPIC + ".dead")
                .with(WORKER + "done-topic", TOPIC + ".done");
    }

    private void createTopics() {
        Map<String, Object> client = new HashMap<>();
        Map<String, String> of = kafka.properties();
        client.put("bootstrap.servers", of.get(DELIVER + "brokers"));
        client.put("security.protocol", of.get(DELIVER + "security-protocol"));
        client.put("sasl.mechanism", of.get(DELIVER + "sasl"));
        client.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
                        + of.get(DELIVER + "user") + "\" password=\"" + of.get(DELIVER + "password") + "\";");
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(
                            new NewTopic(TOPIC, PARTITIONS, (short) 1),
                            new NewTopic(TOPIC + ".dead", 1, (short) 1),
                            new NewTopic(TOPIC + ".done", 1, (short) 1)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The balancer, or the gateways, as {@code simulate --to} takes them. */
    String addresses() {
        if (balancer != null) {
            return "127.0.0.1:" + balancer.port();
        }
        return gateways.stream()
                .map(gateway -> "127.0.0.1:" + gateway.cameraPort())
                .collect(Collectors.joining(","));
    }

    /** Where the S3 server keeps the objects, each as a file. */
    Path objects() {
        return directory.resolve("s3").resolve("objects").resolve(BUCKET);
    }

    /** The bytes that the broker has on its disk for the documents. */
    long topicLength() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("kafka").resolve("log"))) {
            return files.filter(file -> file.toString().matches(".*/" + TOPIC + "-\\d+/.*\\.log"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    List<GatewayProcess> gateways() {
        return gateways;
    }

    List<GatewayProcess> workers() {
        return workers;
    }

    /** Kills a gateway, takes its disk away, and starts another one in its place. */
    void replaceGateway(int turn) {
        GatewayProcess gateway = gateways.get(turn % SIZE);
        gateway.kill();
        Stream.of("images", "outbox", "quarantine")
                .map(gateway.directory()::resolve)
                .forEach(Cluster::delete);
        gateway.launch();
    }

    /** Kills a worker and starts it again. */
    void restartWorker(int turn) {
        GatewayProcess worker = workers.get(turn % SIZE);
        worker.kill();
        worker.launch();
    }

    /** Without a list of what has arrived, which takes long. */
    void stopObjects() {
        s3.close();
    }

    void startObjects() {
        s3.start();
    }

    void restartBroker() {
        kafka.stop();
        kafka.start();
    }

    /** The number of lines in the workers' logs, of all their lives, with this text. */
    long countAtWorkers(String text) {
        long count = 0;
        for (GatewayProcess worker : workers) {
            try (Stream<String> lines = Files.lines(worker.directory().resolve("gateway.log"))) {
                count += lines.filter(line -> line.contains(text)).count();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return count;
    }

    private static void delete(Path directory) {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (balancer != null) {
            balancer.close();
        }
        gateways.forEach(GatewayProcess::close);
        workers.forEach(GatewayProcess::close);
        s3.close();
        kafka.close();
    }
}

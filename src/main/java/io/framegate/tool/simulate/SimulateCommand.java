package io.framegate.tool.simulate;

import io.framegate.tool.FrameClient;
import io.framegate.tool.HostPort;
import io.framegate.tool.TimeOption;
import io.framegate.tool.TlsOptions;
import io.framegate.wire.FrameEncoding;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code framegate simulate}: simulates cameras against a gateway and checks the stored images. */
@Command(
        name = "simulate",
        header = "Simulates many cameras and checks the stored images.",
        description = "",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%n",
        footer = {
            "Cameras send a packet when it is due. A packet that waits for the answer to the one"
                    + " before, or for a connection, is late. Latency is measured from the time at which the"
                    + " packet was due: in formats with answers to the answer, in others, with --verify, to the"
                    + " time at which the file is seen. The operating system reports new files within"
                    + " milliseconds on Linux, within seconds on macOS. Damaged and cut images have no latency;"
                    + " that of slow ones includes the time they took.",
            "",
            "Every image is different, so --verify identifies each file by its SHA-256. An image that"
                    + " was sent whole, or answered with 200, must be stored exactly once. An image that was"
                    + " damaged, cut, or in a connection that broke may be stored or not, but never twice and"
                    + " never in part. The gateway must store images unchanged. Names that begin with a dot, and"
                    + " the .json files of images, are ignored.",
            "",
            "Three of ten packets have a fault: split (small pieces of random length), pipelined"
                    + " (several packets in one write), corrupt (unreadable images, tags or lengths), slow (one"
                    + " to two seconds for a packet), disconnect (in the middle of a packet).",
            "",
            "Examples:",
            "  framegate simulate --to 127.0.0.1:18000 --duration 10s --verify images",
            "  framegate simulate --to gateway:8080 --format http --faults all --seed 7",
            "  framegate simulate --to 127.0.0.1:18000 --format le32 --cameras 8 --rate max"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:sent; with --verify, every image is stored",
            "1:no gateway, or an image is missing, stored twice or stored in part",
            "2:wrong command line"
        })
public final class SimulateCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--to",
            required = true,
            split = ",",
            paramLabel = "host:port",
            description = "The gateway, or several with commas: a camera whose gateway is gone goes to the next one.")
    private List<String> to = List.of();

    @Option(names = "--cameras", paramLabel = "n", description = "Number of cameras (default: ${DEFAULT-VALUE}).")
    private int cameras = 200;

    @Option(
            names = "--rate",
            paramLabel = "rate",
            description = "Packets of each camera: 2/s, 30/m, or max (default: ${DEFAULT-VALUE}).")
    private String rate = "2/s";

    @Option(
            names = "--format",
            paramLabel = "name",
            description =
                    "xml, http, http-image, length64, length64-plain, length16, lengthline, le32, be32, le64, be64,"
                            + " jpeg, mjpeg"
                            + " (default: ${DEFAULT-VALUE}).")
    private String format = "xml";

    @Option(names = "--images", paramLabel = "folder", description = "JPEGs to send (default: drawn pictures).")
    private @Nullable Path images;

    @Option(
            names = "--duration",
            paramLabel = "time",
            defaultValue = "60s",
            converter = TimeOption.class,
            description = "How long cameras send (default: ${DEFAULT-VALUE}).")
    private Duration duration = Duration.ZERO;

    @Option(
            names = "--faults",
            paramLabel = "names",
            description = "split,pipelined,corrupt,slow,disconnect or all (default: none).")
    private String faults = "";

    @Option(
            names = "--seed",
            paramLabel = "n",
            description = "The same seed gives the same faults (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--verify", paramLabel = "directory", description = "The images directory of the gateway.")
    private @Nullable Path verify;

    @Option(
            names = "--quarantine",
            paramLabel = "directory",
            description = "The quarantine directory of the gateway: counts its new files by reason.")
    private @Nullable Path quarantine;

    @Option(
            names = "--settle",
            paramLabel = "time",
            defaultValue = "10s",
            converter = TimeOption.class,
            description = "How long to wait after the last new file (default: ${DEFAULT-VALUE}).")
    private Duration settle = Duration.ZERO;

    @Option(names = "--json", description = "Prints the summary as JSON.")
    private boolean json;

    @Mixin
    private TlsOptions tls = new TlsOptions();

    @Override
    public Integer call() throws InterruptedException {
        System.setProperty("java.awt.headless", "true");
        List<HostPort> gateways;
        FrameEncoding encoding;
        Rate each;
        Set<Fault> wanted;
        List<CameraPictures> pictures;
        SslContext context;
        try {
            gateways = to.stream().map(HostPort::of).toList();
            encoding = encoding(format);
            each = Rate.parse(rate);
            wanted = Fault.parse(faults);
            if (cameras < 1 || cameras > 65_535) {
                throw new IllegalArgumentException("--cameras: " + cameras + " (expected: 1 to 65535)");
            }
            requireDirectory("--verify", verify);
            requireDirectory("--quarantine", quarantine);
            pictures = images == null ? CameraPictures.drawn() : CameraPictures.in(images);
            context = tls.context();
        } catch (IllegalArgumentException | IOException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        int threads = Math.min(4, Runtime.getRuntime().availableProcessors());
        List<FrameClient> clients = gateways.stream()
                .map(gateway -> new FrameClient(gateway, threads, context))
                .toList();
        try {
            return run(clients, encoding, each, wanted, pictures);
        } catch (IOException e) {
            spec.commandLine().getErr().println("cannot simulate: " + e.getMessage());
            return 1;
        } finally {
            clients.forEach(FrameClient::close);
        }
    }

    private int run(
            List<FrameClient> clients,
            FrameEncoding encoding,
            Rate each,
            Set<Fault> wanted,
            List<CameraPictures> pictures)
            throws IOException, InterruptedException {
        Tally tally = new Tally();
        Ledger ledger = new Ledger();
        try (StorageCheck check = new StorageCheck(verify, quarantine, ledger, encoding.isAnswered() ? null : tally)) {
            for (FrameClient client : clients) {
                Simulation.awaitGateway(client);
            }
            check.watch();
            // Loads and compiles the classes that the first packet needs. Otherwise that packet would be late.
            new PacketMaker(encoding, pictures, new Ledger(), "", to.get(0)).make(0, 0, 0, Damage.NONE);
            long start = System.nanoTime();
            Simulation simulation = new Simulation(
                    clients,
                    encoding,
                    new Schedule(start, start + duration.toNanos(), cameras, each),
                    wanted,
                    seed,
                    new PacketMaker(encoding, pictures, ledger, runName(), to.get(0)),
                    tally,
                    new CountDownLatch(cameras));
            double seconds =
                    simulation.run(new SimulationProgress(spec.commandLine().getErr(), tally, start)) / 1e9;
            Verification found = check.await(settle);
            String measured = encoding.isAnswered() ? "due to answer" : "due to file seen";
            Summary summary = new Summary(tally, ledger, seconds, measured);
            check.addTo(summary, found);
            return print(summary, verdict(clients, tally, found));
        }
    }

    private static Verdict verdict(List<FrameClient> clients, Tally tally, @Nullable Verification found) {
        if (tally.packets.sum() == 0) {
            return Verdict.NOTHING_SENT;
        }
        if (found != null && !found.isComplete()) {
            return Verdict.NOT_COMPLETE;
        }
        if (clients.stream().noneMatch(Simulation::isThere)) {
            return Verdict.GATEWAY_GONE;
        }
        return found == null ? Verdict.NOT_VERIFIED : Verdict.COMPLETE;
    }

    private int print(Summary summary, Verdict verdict) {
        summary.verdict(verdict);
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? summary.json() + System.lineSeparator() : summary.table());
        out.flush();
        return verdict.isGood() ? 0 : 1;
    }

    private static void requireDirectory(String option, @Nullable Path directory) {
        if (directory != null && !Files.isDirectory(directory)) {
            throw new IllegalArgumentException(
                    option + ": " + directory + " (expected: a directory that the gateway has made)");
        }
    }

    private static String runName() {
        return Long.toString(System.currentTimeMillis(), 36) + "-"
                + ProcessHandle.current().pid();
    }

    private static FrameEncoding encoding(String name) {
        FrameEncoding encoding = FrameEncoding.named(name);
        if (encoding == null) {
            throw new IllegalArgumentException(
                    "--format: " + name + " (expected: one of " + FrameEncoding.tags() + ")");
        }
        return encoding;
    }
}

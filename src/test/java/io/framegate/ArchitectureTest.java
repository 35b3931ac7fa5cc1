package io.framegate;

import static com.tngtech.archunit.lang.conditions.ArchConditions.haveModifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Data flows one way, and so do the imports.
 *
 * <pre>
 * tool | context -> watch | reload -> worker -> outbox -> receive -> store -> intake -> wire -> event
 *                              beside the line: image, settings, log, extend
 * </pre>
 */
@Execution(ExecutionMode.CONCURRENT)
@AnalyzeClasses(packages = "io.framegate", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] JDK = {"java..", "javax..", "org.jspecify.annotations.."};

    @ArchTest
    static final ArchRule event = room("event").mayKnow().andLibraries("com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule image = room("image").mayKnow().andLibraries("net.coobird..", "com.twelvemonkeys..");

    @ArchTest
    static final ArchRule settings = room("settings").mayKnow().andLibraries();

    @ArchTest
    static final ArchRule log = room("log").mayKnow().andAnyLibrary();

    @ArchTest
    static final ArchRule extend = room("extend").mayKnow("settings").andAnyLibrary();

    @ArchTest
    static final ArchRule wire = room("wire").mayKnow("event").andLibraries("io.netty..");

    @ArchTest
    static final ArchRule intake =
            room("intake").mayKnow("wire", "event", "settings", "log").andAnyLibrary();

    @ArchTest
    static final ArchRule store =
            room("store").mayKnow("intake", "event", "image", "settings", "log").andAnyLibrary();

    @ArchTest
    static final ArchRule receive = room("receive")
            .mayKnow("store", "intake", "event", "image", "settings", "log")
            .andAnyLibrary();

    @ArchTest
    static final ArchRule outbox = room("outbox")
            .mayKnow("store", "intake", "event", "image", "settings", "log")
            .andAnyLibrary();

    @ArchTest
    static final ArchRule worker = room("worker")
            .mayKnow("outbox", "store", "intake", "event", "image", "settings", "log")
            .andAnyLibrary();

    @ArchTest
    static final ArchRule reload =
            room("reload").mayKnow("intake", "settings", "log").andAnyLibrary();

    @ArchTest
    static final ArchRule watch = room("watch")
            .mayKnow("outbox", "store", "intake", "wire", "event", "image", "settings", "log", "reload")
            .andAnyLibrary();

    @ArchTest
    static final ArchRule context = room("context")
            .mayKnow("watch", "reload", "outbox", "receive", "store", "intake", "settings", "log")
            .andAnyLibrary();

    @ArchTest
    static final ArchRule tool =
            room("tool").mayKnow("wire", "event", "image", "settings", "log").andAnyLibrary();

    @ArchTest
    static final ArchRule roomsHaveNoCycles =
            slices().matching("io.framegate.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule wireAsksNoClock = noClasses()
            .that()
            .resideInAPackage("io.framegate.wire..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule onlySendersNeedFfmpeg = only("io.framegate.tool.send..", "org.bytedeco..");

    @ArchTest
    static final ArchRule onlyTracesNeedOpenTelemetry = only("io.framegate.watch.trace..", "io.opentelemetry..");

    @ArchTest
    static final ArchRule onlyTheLogIsSetUpWithLogback = only("io.framegate.log..", "ch.qos.logback..");

    @ArchTest
    static final ArchRule onlyTargetsKnowTheirClients =
            only("io.framegate.outbox.deliver..", "com.jcraft..", "org.eclipse.paho..");

    @ArchTest
    static final ArchRule onlyTargetsAndWorkersKnowTheSystemsThatBothUse = noClasses()
            .that()
            .resideOutsideOfPackages("io.framegate.outbox.deliver..", "io.framegate.worker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "software.amazon..", "jakarta.jms..");

    /** What a listener, a store and an outbox load in an application that has no optional library. */
    @ArchTest
    static final ArchRule listenersAndStoresNeedNoOptionalLibrary = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.framegate.event..",
                    "io.framegate.intake..",
                    "io.framegate.receive..",
                    "io.framegate.settings..",
                    "io.framegate.store..",
                    "io.framegate.wire..",
                    "io.framegate.outbox")
            .and()
            .haveSimpleNameNotEndingWith("Meters")
            .and()
            .haveSimpleNameNotContaining("Command")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "ch.qos.logback..", "io.micrometer..", "io.vertx..", "org.apache.camel.main..", "picocli..");

    /** What Camel Main, the command line and the web port need is the gateway's own process, not an application's. */
    @ArchTest
    static final ArchRule partsNeedNoProcessOfTheGateway = noClasses()
            .that()
            .resideInAPackage("io.framegate.context..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ch.qos.logback..", "io.vertx..", "org.apache.camel.main..", "picocli..");

    @ArchTest
    static final ArchRule packagesAreNamedForTheDomain = noClasses()
            .should()
            .resideInAnyPackage(
                    "..util..", "..utils..", "..common..", "..impl..", "..helper..", "..manager..", "..service..");

    @ArchTest
    static final ArchRule classesAreNamedForWhatTheyAre =
            noClasses().should().haveSimpleNameEndingWith("Manager").orShould().haveSimpleNameEndingWith("Helper");

    @ArchTest
    static final ArchRule classesAreNotMadeToBeExtended = classes()
            .that(areOrdinaryClasses())
            .should(haveModifier(JavaModifier.FINAL).or(haveModifier(JavaModifier.ABSTRACT)));

    @ArchTest
    static void packagesSayWhatTheyAreForAndAreNullMarked(JavaClasses classes) {
        Set<String> unmarked = classes.stream()
                .map(JavaClass::getPackage)
                .filter(in -> !isNullMarked(in))
                .map(JavaPackage::getName)
                .collect(Collectors.toSet());
        assertThat(unmarked).isEmpty();
    }

    private static boolean isNullMarked(JavaPackage in) {
        return in.tryGetPackageInfo()
                .map(info -> info.isAnnotatedWith(NullMarked.class))
                .orElse(false);
    }

    private static DescribedPredicate<JavaClass> areOrdinaryClasses() {
        return DescribedPredicate.describe(
                "are ordinary classes",
                type -> !type.isInterface()
                        && !type.isEnum()
                        && !type.isRecord()
                        && !type.isAnonymousClass()
                        // Camel's build plugin generates these.
                        && !type.getSimpleName().matches(".+(Configurer|UriFactory)"));
    }

    private static ArchRule only(String room, String... libraries) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries);
    }

    private static Room room(String name) {
        return new Room(name, Set.of());
    }

    /** A room with its sub-rooms, and the other rooms whose classes it may use. */
    private record Room(String name, Set<String> known) {

        Room mayKnow(String... rooms) {
            return new Room(name, Set.of(rooms));
        }

        ArchRule andLibraries(String... libraries) {
            String[] allowed = Stream.of(Stream.of(JDK), Stream.of(libraries), rooms())
                    .flatMap(packages -> packages)
                    .toArray(String[]::new);
            return classes()
                    .that()
                    .resideInAPackage(packages(name))
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(allowed);
        }

        ArchRule andAnyLibrary() {
            DescribedPredicate<JavaClass> ours = JavaClass.Predicates.resideInAPackage("io.framegate..");
            DescribedPredicate<JavaClass> allowed =
                    JavaClass.Predicates.resideInAnyPackage(rooms().toArray(String[]::new));
            return noClasses()
                    .that()
                    .resideInAPackage(packages(name))
                    .should()
                    .dependOnClassesThat(ours.and(DescribedPredicate.not(allowed)));
        }

        private Stream<String> rooms() {
            return Stream.concat(Stream.of(name), known.stream()).map(Room::packages);
        }

        private static String packages(String room) {
            return "io.framegate." + room + "..";
        }
    }
}

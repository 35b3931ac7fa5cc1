package io.framegate;

import static com.tngtech.archunit.lang.conditions.ArchConditions.haveModifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
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
import org.jspecify.annotations.NullMarked;

/** Data flows one way, and so do the dependencies. */
@AnalyzeClasses(packages = "io.framegate", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String NETTY = "io.netty..";
    private static final String CAMEL = "org.apache.camel..";
    private static final String JACKSON = "com.fasterxml.jackson..";
    private static final String JSPECIFY = "org.jspecify.annotations..";
    private static final String JAVA = "java..";

    @ArchTest
    static final ArchRule arrowsPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.framegate..")
            .layer("command")
            .definedBy("io.framegate")
            .layer("route")
            .definedBy("io.framegate.route..")
            .layer("send")
            .definedBy("io.framegate.send..")
            .layer("intake")
            .definedBy("io.framegate.intake..")
            .layer("outbox")
            .definedBy("io.framegate.outbox..")
            .layer("disk")
            .definedBy("io.framegate.disk..")
            .layer("live")
            .definedBy("io.framegate.live..")
            .layer("diagram")
            .definedBy("io.framegate.diagram..")
            .layer("web")
            .definedBy("io.framegate.web..")
            .layer("deliver")
            .definedBy("io.framegate.deliver..")
            .layer("simulate")
            .definedBy("io.framegate.simulate..")
            .layer("replay")
            .definedBy("io.framegate.replay..")
            .layer("trace")
            .definedBy("io.framegate.trace..")
            .layer("wire")
            .definedBy("io.framegate.wire..")
            .layer("image")
            .definedBy("io.framegate.image..")
            .layer("durable")
            .definedBy("io.framegate.durable..")
            .layer("event")
            .definedBy("io.framegate.event..")
            .whereLayer("command")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("route")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("send")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("live")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("diagram")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("web")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("disk")
            .mayOnlyBeAccessedByLayers("command", "route", "live")
            .whereLayer("intake")
            .mayOnlyBeAccessedByLayers("command", "route", "disk", "deliver")
            .whereLayer("outbox")
            .mayOnlyBeAccessedByLayers("command", "disk", "live", "diagram", "trace")
            .whereLayer("deliver")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("simulate")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("replay")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("trace")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("wire")
            .mayOnlyBeAccessedByLayers("intake", "send", "simulate", "replay")
            .whereLayer("image")
            .mayOnlyBeAccessedByLayers("command", "route", "outbox", "disk", "live", "send", "simulate")
            .whereLayer("durable")
            .mayOnlyBeAccessedByLayers("command", "route", "outbox", "disk", "image")
            .whereLayer("event")
            .mayOnlyBeAccessedByLayers(
                    "wire",
                    "image",
                    "intake",
                    "route",
                    "outbox",
                    "deliver",
                    "live",
                    "web",
                    "send",
                    "simulate",
                    "replay",
                    "trace",
                    "command")
            .ensureAllClassesAreContainedInArchitecture();

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.framegate.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule eventNeedsOnlyTheJdkAndJackson = classes()
            .that()
            .resideInAPackage("io.framegate.event..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.framegate.event..", JAVA, JACKSON, JSPECIFY);

    @ArchTest
    static final ArchRule wireNeedsOnlyNetty = classes()
            .that()
            .resideInAPackage("io.framegate.wire..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.framegate.wire..", "io.framegate.event..", JAVA, NETTY, JSPECIFY);

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
    static final ArchRule imageKnowsNeitherNettyNorCamel = noClasses()
            .that()
            .resideInAPackage("io.framegate.image..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(NETTY, CAMEL);

    @ArchTest
    static final ArchRule durableKnowsOnlyTheJdk = classes()
            .that()
            .resideInAPackage("io.framegate.durable..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.framegate.durable..", JAVA, "org.slf4j..", JSPECIFY);

    @ArchTest
    static final ArchRule routeKnowsNoNetty = noClasses()
            .that()
            .resideInAPackage("io.framegate.route..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(NETTY);

    @ArchTest
    static final ArchRule onlySendersNeedFfmpeg = noClasses()
            .that()
            .resideOutsideOfPackage("io.framegate.send..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule onlyTracesNeedOpenTelemetry = noClasses()
            .that()
            .resideOutsideOfPackage("io.framegate.trace..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.opentelemetry..");

    @ArchTest
    static final ArchRule onlyTheLogIsSetUpWithLogback = noClasses()
            .that()
            .resideOutsideOfPackage("io.framegate")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ch.qos.logback..");

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
                "are classes with a name of their own",
                type -> !type.isInterface() && !type.isEnum() && !type.isRecord() && !type.isAnonymousClass());
    }
}

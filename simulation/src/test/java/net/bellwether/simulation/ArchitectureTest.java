package net.bellwether.simulation;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The arrows of docs/architecture.md.
final class ArchitectureTest {
  private static final String ROOT = "net.bellwether.";

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("net.bellwether");

  /// Decisions: pure functions of state, input and time.
  private static final String[] CORES = {
    "net.bellwether.topology..",
    "net.bellwether.scheduler..",
    "net.bellwether.agent.engine..",
    "net.bellwether.agent.clock..",
    "net.bellwether.agent.distill..",
    "net.bellwether.emulator.nature.."
  };

  /// A slice for each package of a module, its root included.
  private record PackagesOf(String module) implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
      String name = javaClass.getPackageName();
      return name.equals(ROOT + module) || name.startsWith(ROOT + module + ".")
          ? SliceIdentifier.of(name)
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "packages of " + module;
    }
  }

  private static String[] packages(String modules) {
    return Stream.of(modules.split(" ", -1))
        .map(module -> ROOT + module + "..")
        .toArray(String[]::new);
  }

  @ParameterizedTest(name = "{0} knows {1} only")
  @CsvSource({
    "v1, v1",
    "topology, topology",
    "scheduler, scheduler topology",
    "wire, wire topology v1",
    "wire.plan, wire scheduler topology v1",
    "controller, controller scheduler wire topology v1",
    "agent, agent wire topology v1",
    "emulator, emulator wire topology v1",
    "cli, cli scheduler wire topology v1",
    "simulation, simulation controller agent emulator scheduler wire topology v1"
  })
  void modulesKnowWhatTheyMay(String module, String known) {
    DescribedPredicate<JavaClass> other =
        resideInAnyPackage("net.bellwether..").and(resideOutsideOfPackages(packages(known)));
    classes()
        .that(belongTo(module))
        .should()
        .onlyDependOnClassesThat(DescribedPredicate.not(other))
        .allowEmptyShould(true)
        .check(ALL);
  }

  /// The part of `wire` that maps plans knows the scheduler; the rest of it does not.
  private static DescribedPredicate<JavaClass> belongTo(String module) {
    DescribedPredicate<JavaClass> inModule = resideInAnyPackage(ROOT + module + "..");
    return module.equals("wire")
        ? inModule.and(resideOutsideOfPackages("net.bellwether.wire.plan.."))
        : inModule;
  }

  @Test
  void agentsAndEmulatorKnowNoPlans() {
    noClasses()
        .that()
        .resideInAnyPackage(packages("agent emulator"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("net.bellwether.wire.plan..")
        .check(ALL);
  }

  @Test
  void everyModuleIsLookedAt() {
    for (String module :
        List.of(
            "v1",
            "topology",
            "scheduler",
            "wire",
            "controller",
            "agent",
            "emulator",
            "simulation")) {
      assertThat(ALL).anyMatch(each -> each.getPackageName().startsWith(ROOT + module));
    }
  }

  @ParameterizedTest
  @CsvSource({"topology", "scheduler", "wire", "controller", "agent", "emulator", "cli"})
  void noPackagesOfAModuleDependOnEachOtherInACircle(String module) {
    slices()
        .assignedFrom(new PackagesOf(module))
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(ALL);
  }

  @Test
  void coresHaveNoClockThreadSocketOrWire() {
    noClasses()
        .that()
        .resideInAnyPackage(CORES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.time..",
            "java.util.concurrent..",
            "java.net..",
            "java.nio.channels..",
            "java.sql..",
            "io.grpc..",
            "com.google.protobuf..",
            "net.bellwether.v1..",
            "net.bellwether.wire..",
            "org.slf4j..")
        .check(ALL);
    noClasses()
        .that()
        .resideInAnyPackage(CORES)
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .check(ALL);
    noClasses()
        .that()
        .resideInAnyPackage(CORES)
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callConstructor(java.util.Random.class)
        .check(ALL);
  }

  /// The ledger's records and store are beside it in one package, so its core is named by class.
  @Test
  void theKeyLedgerDecidesWithoutClockThreadOrDisk() {
    noClasses()
        .that()
        .haveNameMatching(
            "net\\.bellwether\\.agent\\.ledger\\.(KeyLedger|SessionLedger|Block|Intervals|Counters)(\\$.*)?")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "java.time..", "java.util.concurrent..", "java.nio..", "java.io..", "io.grpc.."))
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(ALL);
  }

  /// The candidacy's shell is beside it in one package, so it is named by class.
  @Test
  void theCandidacyDecidesWithoutClockThreadOrStore() {
    noClasses()
        .that()
        .haveNameMatching("net\\.bellwether\\.controller\\.lead\\.Candidacy.*")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "java.time..",
                "java.util.concurrent..",
                "java.nio..",
                "java.io..",
                "io.grpc..",
                "org.slf4j..",
                "net.bellwether.controller.store.."))
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(ALL);
  }

  @Test
  void onlyEtcdsPackageSpeaksToEtcd() {
    noClasses()
        .that()
        .resideInAPackage("net.bellwether..")
        .and()
        .resideOutsideOfPackage("net.bellwether.controller.store.etcd..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.etcd..")
        .check(ALL);
  }

  @Test
  void onlyTheDeviceDriverSpeaksToTheEmulator() {
    onlyMayKnow("EmulatedDeviceService", "v1 emulator agent.device");
  }

  @Test
  void onlyTheCommandLineScriptsNature() {
    onlyMayKnow("NatureService", "v1 emulator cli");
  }

  private static void onlyMayKnow(String service, String modules) {
    noClasses()
        .that()
        .resideInAPackage("net.bellwether..")
        .and()
        .resideOutsideOfPackages(packages(modules))
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "belong to " + service,
                each ->
                    each.getPackageName().equals("net.bellwether.v1")
                        && each.getName().contains(service)))
        .check(ALL);
  }

  @Test
  void agentsDoNotKnowThatHardwareIsEmulated() {
    noClasses()
        .that()
        .resideInAPackage("net.bellwether.agent..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("net.bellwether.emulator..")
        .check(ALL);
  }
}

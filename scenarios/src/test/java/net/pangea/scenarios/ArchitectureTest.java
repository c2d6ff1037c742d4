package net.pangea.scenarios;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

/** The arrows between packages, and what only some packages may use. */
class ArchitectureTest {
    /** The packages of module {@code node}: each may import those above it. A new one has to be placed here. */
    private static final List<String> ORDER = List.of(
            "net.pangea.machine",
            "net.pangea.machine.system",
            "net.pangea.bytes",
            "net.pangea.merkle",
            "net.pangea.ces",
            "net.pangea.keys",
            "net.pangea.multiformats",
            "net.pangea.mdns",
            "net.pangea.libp2p.multistream",
            "net.pangea.libp2p.security",
            "net.pangea.libp2p.noise",
            "net.pangea.libp2p.tls",
            "net.pangea.libp2p.yamux",
            "net.pangea.libp2p",
            "net.pangea.kad",
            "net.pangea.dht",
            "net.pangea.manifest",
            "net.pangea.store",
            "net.pangea.legacy",
            "net.pangea.protocol",
            "net.pangea.holding",
            "net.pangea.object",
            "net.pangea.repair",
            "net.pangea.node",
            "net.pangea.cli");

    /** The real machine and the process around a node: all that may touch the operating system. */
    private static final String[] OUTSIDE = {"net.pangea.machine.system..", "net.pangea.cli.."};

    private static final Path NODE = Repository.ROOT.resolve("node/target/classes");
    private static final Path SIM = Repository.ROOT.resolve("sim/target/classes");
    private static final JavaClasses NODE_CLASSES = new ClassFileImporter().importPath(NODE);
    private static final JavaClasses ALL_CLASSES = new ClassFileImporter().importPaths(NODE, SIM);

    @Test
    void every_package_of_the_node_has_its_place_in_the_order() {
        var packages = new TreeSet<String>();
        for (JavaClass type : NODE_CLASSES) {
            packages.add(type.getPackageName());
        }

        assertThat(packages).isNotEmpty().isSubsetOf(ORDER);
    }

    @Test
    void packages_import_only_those_above_them() {
        for (int i = 0; i < ORDER.size(); i++) {
            List<String> below = ORDER.subList(i + 1, ORDER.size());
            if (!below.isEmpty()) {
                noClasses()
                        .that()
                        .resideInAPackage(ORDER.get(i))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(below.toArray(String[]::new))
                        .allowEmptyShould(true)
                        .check(ALL_CLASSES);
            }
        }
    }

    @Test
    void the_seam_needs_nothing_but_the_jdk() {
        classes()
                .that()
                .resideInAPackage("net.pangea.machine")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("net.pangea.machine", "java..", "org.jspecify..")
                .check(ALL_CLASSES);
    }

    @Test
    void only_the_program_itself_chooses_the_real_machine() {
        noClasses()
                .that()
                .resideOutsideOfPackages("net.pangea.machine.system", "net.pangea.cli..", "net.pangea.sim..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("net.pangea.machine.system")
                .check(ALL_CLASSES);
    }

    @Test
    void only_the_real_machine_and_the_program_open_sockets_and_files() {
        noClasses()
                .that()
                .resideOutsideOfPackages(OUTSIDE)
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net..", "java.nio.channels..", "java.nio.file..")
                        .or(resideInAPackage("java.io").and(named("java\\.io\\.(File.*|RandomAccessFile|Console)"))))
                .check(NODE_CLASSES);
    }

    /** Its threads and clocks are its own, which the simulator cannot have. */
    @Test
    void only_the_real_machine_uses_netty() {
        noClasses()
                .that()
                .resideOutsideOfPackage("net.pangea.machine.system")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(ALL_CLASSES);
    }

    @Test
    void no_packages_form_a_cycle() {
        slices().matching("net.pangea.(**)").should().beFreeOfCycles().check(ALL_CLASSES);
    }

    /** The simulator cannot see who waits for a monitor, so it refuses it. */
    @Test
    void nodes_and_simulator_use_no_monitors() throws IOException {
        List<String> found = new ArrayList<>();
        List<Path> files = classFiles(NODE, SIM);
        for (Path file : files) {
            ClassModel type = ClassFile.of().parse(file);
            for (MethodModel method : type.methods()) {
                if (usesMonitor(method)) {
                    found.add(type.thisClass().asInternalName() + "." + method.methodName());
                }
            }
        }

        assertThat(files).isNotEmpty();
        assertThat(found).isEmpty();
    }

    private static boolean usesMonitor(MethodModel method) {
        return method.flags().has(AccessFlag.SYNCHRONIZED)
                || method.code().stream()
                        .flatMap(CodeModel::elementStream)
                        .anyMatch(MonitorInstruction.class::isInstance);
    }

    /** Surefire runs classes called Test and passes over all others in silence. */
    @Test
    void classes_with_tests_are_called_Test() {
        List<Path> folders = Stream.of("node", "sim", "scenarios", "bench")
                .map(module -> Repository.ROOT.resolve(module).resolve("target/test-classes"))
                .filter(Files::isDirectory)
                .toList();
        List<String> wrong = new ClassFileImporter()
                .importPaths(folders).stream()
                        .filter(ArchitectureTest::holdsTests)
                        .filter(type -> !outermost(type).getSimpleName().endsWith("Test"))
                        .map(JavaClass::getName)
                        .toList();

        assertThat(wrong).isEmpty();
    }

    /** Whether an engine would run it: a contract in an interface or an abstract class is run by those who extend it. */
    private static boolean holdsTests(JavaClass type) {
        return !type.isInterface()
                && !type.getModifiers().contains(JavaModifier.ABSTRACT)
                && type.getAllMethods().stream().anyMatch(CanBeAnnotated.Predicates.metaAnnotatedWith(Testable.class));
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    private static DescribedPredicate<JavaClass> named(String pattern) {
        return DescribedPredicate.describe(
                "named " + pattern, type -> type.getName().matches(pattern));
    }

    private static List<Path> classFiles(Path... folders) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path folder : Stream.of(folders).filter(Files::isDirectory).toList()) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.filter(file -> file.toString().endsWith(".class")).forEach(files::add);
            }
        }
        files.sort(Comparator.naturalOrder());
        return files;
    }
}

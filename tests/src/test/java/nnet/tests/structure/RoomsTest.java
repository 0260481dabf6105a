package nnet.tests.structure;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/// Who may know whom. Packages are rooms, and these are the doors.
class RoomsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("nnet");

    private static final DescribedPredicate<JavaClass> CLOCKS_THREADS_AND_FILES = resideInAnyPackage("java.io..", "java.nio.file..",
            "java.nio.channels..",
            "java.net..", "java.time..", "java.util.concurrent..").as("files, threads or clocks");

    @Test
    void theGeneratedParserIsSeenByTheParsePackageAlone() {
        check(noClasses().that().resideOutsideOfPackages("nnet.grammar..", "nnet.compiler.parse..").should()
                .dependOnClassesThat(resideInAnyPackage("nnet.grammar..", "org.antlr..")));
    }

    @Test
    void classFileWritingIsSeenByTheCodePackageAlone() {
        check(noClasses().that().resideOutsideOfPackage("nnet.compiler.code..").should()
                .dependOnClassesThat(resideInAPackage("org.objectweb.asm..")));
    }

    @Test
    void theRuntimeNeedsNothingButTheBaseModule() {
        check(classes().that().resideInAPackage("nnet.runtime..").should()
                .onlyDependOnClassesThat(resideInAnyPackage("nnet.runtime..", "java.lang..",
                        "java.util..", "java.io..", "java.nio..", "java.math..")
                        .and(DescribedPredicate.not(resideInAnyPackage("java.util.logging..",
                                "java.util.prefs..", "java.lang.instrument..", "java.lang.management..")))));
    }

    @Test
    void theCompilerKnowsNoOtherModule() {
        check(noClasses().that().resideInAPackage("nnet.compiler..").should()
                .dependOnClassesThat(
                        resideInAnyPackage("nnet.runtime..", "nnet.trainer..", "nnet.embed..", "nnet.cli..", "nnet.samples..",
                                "nnet.bench..")));
    }

    @Test
    void theCompilerIsPure() {
        check(noClasses().that().resideInAPackage("nnet.compiler..").should().dependOnClassesThat(CLOCKS_THREADS_AND_FILES));
        check(noClasses().that().resideInAPackage("nnet.compiler..").should().callMethod(System.class, "nanoTime").orShould()
                .callMethod(System.class, "currentTimeMillis").orShould().accessField(System.class, "out").orShould()
                .accessField(System.class, "err"));
    }

    @Test
    void theRuntimeKnowsNoOtherModule() {
        check(noClasses().that().resideInAPackage("nnet.runtime..").should()
                .dependOnClassesThat(resideInAnyPackage("nnet.compiler..", "nnet.trainer..", "nnet.cli..")));
    }

    @Test
    void theTrainerDoesNotKnowTheCommandLine() {
        check(noClasses().that().resideInAnyPackage("nnet.trainer..", "nnet.embed..").should()
                .dependOnClassesThat(resideInAnyPackage("nnet.cli..", "picocli..")));
    }

    /// It runs on Java 17, where no class of the compiler can be loaded.
    @Test
    void theMavenPluginLoadsNothingOfTheCompiler() {
        check(noClasses().that().resideInAPackage("nnet.maven..").should()
                .dependOnClassesThat(resideInAnyPackage("nnet.compiler..", "nnet.trainer..",
                        "nnet.embed..", "nnet.cli..", "nnet.runtime..")));
    }

    /// An intermediate representation is a noun: it does not know the passes that make or consume it.
    @Test
    void nounsDoNotKnowPasses() {
        check(noClasses().that()
                .resideInAnyPackage("nnet.compiler.source..", "nnet.compiler.syntax..", "nnet.compiler.type..", "nnet.compiler.model..",
                        "nnet.compiler.tensor..", "nnet.compiler.loop..", "nnet.compiler.code..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("nnet.compiler.parse..", "nnet.compiler.check..", "nnet.compiler.elaborate..",
                        "nnet.compiler.advance..", "nnet.compiler.settle..", "nnet.compiler.differentiate..", "nnet.compiler.optimise..",
                        "nnet.compiler.fuse..",
                        "nnet.compiler.lower..",
                        "nnet.compiler.expand..", "nnet.compiler.plan..", "nnet.compiler.emit..")));
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }
}

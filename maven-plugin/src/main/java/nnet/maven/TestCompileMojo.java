package nnet.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/// Compiles the networks of `src/test/nnet` for the tests of the project. They may import those of `src/main/nnet`.
@Mojo(name = "test-compile", defaultPhase = LifecyclePhase.GENERATE_TEST_SOURCES, threadSafe = true, requiresDependencyResolution = ResolutionScope.TEST)
public final class TestCompileMojo extends CompilingMojo {

    /// The root of the packages with the `.nnet` files for tests.
    @Parameter(property = "nnet.testSourceDirectory", defaultValue = "${project.basedir}/src/test/nnet")
    private File testSourceDirectory;

    /// Where the Java sources of the network classes go.
    @Parameter(defaultValue = "${project.build.directory}/generated-test-sources/nnet")
    private File testJavaDirectory;

    @Parameter(defaultValue = "${project.build.testOutputDirectory}", readonly = true, required = true)
    private File testOutputDirectory;

    @Parameter(defaultValue = "${project.testClasspathElements}", readonly = true, required = true)
    private List<String> testClassPath;

    @Override
    String kind() {
        return "test";
    }

    @Override
    Path sources() {
        return testSourceDirectory.toPath();
    }

    @Override
    Path classes() {
        return testOutputDirectory.toPath();
    }

    @Override
    Path javaSources() {
        return testJavaDirectory.toPath();
    }

    @Override
    List<Path> roots() {
        return importRoots(testClassPath).stream().filter(root -> !root.equals(classes())).toList();
    }

    @Override
    void addJavaSources(Path folder) {
        project().addTestCompileSourceRoot(folder.toString());
    }
}

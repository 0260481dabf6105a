package nnet.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/// Says what is wrong with the networks of the project, and makes nothing.
@Mojo(name = "check", defaultPhase = LifecyclePhase.VALIDATE, threadSafe = true, requiresDependencyResolution = ResolutionScope.TEST)
public final class CheckMojo extends NetworkMojo {

    /// The root of the packages with the `.nnet` files.
    @Parameter(property = "nnet.sourceDirectory", defaultValue = "${project.basedir}/src/main/nnet")
    private File sourceDirectory;

    /// The root of the packages with the `.nnet` files for tests.
    @Parameter(property = "nnet.testSourceDirectory", defaultValue = "${project.basedir}/src/test/nnet")
    private File testSourceDirectory;

    @Parameter(defaultValue = "${project.testClasspathElements}", readonly = true, required = true)
    private List<String> testClassPath;

    @Override
    void run() throws IOException, InterruptedException, MojoExecutionException, MojoFailureException {
        Messages messages = new Messages(getLog());
        List<Path> roots = importRoots(testClassPath);
        for (File folder : List.of(sourceDirectory, testSourceDirectory)) {
            if (folder.isDirectory()) {
                String all = Stream.concat(Stream.of(sourceDirectory.toPath()), roots.stream())
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator));
                compiler().run(List.of(folder.toString(), "--check", "-d", buildFolder().toString(), "--record",
                        buildFolder().resolve("check").toString(),
                        "--imports", all, "--lines"), false, messages);
            }
        }
        messages.failOnErrors(this);
    }
}

package nnet.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/// Trains the networks of `src/main/nnet` that have a recipe, and puts the weights beside their classes, where `pretrained()` finds them. Only projects that ask for this
/// goal train. A training is done once for the same sources, data and version of the compiler.
@Mojo(name = "train", defaultPhase = LifecyclePhase.PROCESS_CLASSES, threadSafe = true, requiresDependencyResolution = ResolutionScope.COMPILE)
public final class TrainMojo extends NetworkMojo {

    /// The root of the packages with the `.nnet` files. Paths in a recipe are relative to its file.
    @Parameter(property = "nnet.sourceDirectory", defaultValue = "${project.basedir}/src/main/nnet")
    private File sourceDirectory;

    /// Where trainings are kept from build to build, also after `mvn clean`; each in a folder that is named after the hash of all that it was made from.
    @Parameter(property = "nnet.trainings", defaultValue = "${user.home}/.cache/nnc/trainings")
    private File trainings;

    @Parameter(defaultValue = "${project.build.outputDirectory}", readonly = true, required = true)
    private File outputDirectory;

    @Parameter(defaultValue = "${project.compileClasspathElements}", readonly = true, required = true)
    private List<String> classPath;

    @Override
    void run() throws IOException, InterruptedException, MojoExecutionException, MojoFailureException {
        if (!sourceDirectory.isDirectory()) {
            getLog().debug("There is no " + sourceDirectory);
            return;
        }
        Messages messages = new Messages(getLog());
        compiler().run(List.of(sourceDirectory.toString(), "--train", trainings.toString(), "-d", outputDirectory.toString(), "--record",
                buildFolder().resolve("trained.made").toString(), "--imports",
                importRoots(classPath).stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)), "--lines"), true,
                messages);
        messages.failOnErrors(this);
    }
}

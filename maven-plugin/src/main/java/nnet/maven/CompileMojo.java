package nnet.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/// Compiles the networks of `src/main/nnet`, so that the Java sources of the project can use their classes.
@Mojo(name = "compile", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true, requiresDependencyResolution = ResolutionScope.COMPILE)
public final class CompileMojo extends CompilingMojo {

    /// The root of the packages with the `.nnet` files. Weights beside them (`Xor.safetensors`) come to lie beside their classes.
    @Parameter(property = "nnet.sourceDirectory", defaultValue = "${project.basedir}/src/main/nnet")
    private File sourceDirectory;

    /// Where the Java sources of the network classes go.
    @Parameter(defaultValue = "${project.build.directory}/generated-sources/nnet")
    private File javaDirectory;

    @Parameter(defaultValue = "${project.build.outputDirectory}", readonly = true, required = true)
    private File outputDirectory;

    @Parameter(defaultValue = "${project.compileClasspathElements}", readonly = true, required = true)
    private List<String> classPath;

    @Override
    String kind() {
        return "main";
    }

    @Override
    Path sources() {
        return sourceDirectory.toPath();
    }

    @Override
    Path classes() {
        return outputDirectory.toPath();
    }

    @Override
    Path javaSources() {
        return javaDirectory.toPath();
    }

    /// What this goal itself has put into the folder of classes is not imported from there.
    @Override
    List<Path> roots() {
        return importRoots(classPath).stream().filter(root -> !root.equals(classes())).toList();
    }

    @Override
    void addJavaSources(Path folder) {
        project().addCompileSourceRoot(folder.toString());
    }
}

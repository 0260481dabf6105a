package nnet.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;

/// What all goals have in common: where the project is, and how the compiler is called.
abstract class NetworkMojo extends AbstractMojo {

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
    private List<Artifact> pluginArtifacts;

    @Inject
    private ToolchainManager toolchains;

    /// Leaves the `.nnet` files alone.
    @Parameter(property = "nnet.skip", defaultValue = "false")
    private boolean skip;

    /// The home of the JDK that runs the compiler. If absent: a JDK of `toolchains.xml`, the one that runs Maven, that of `JAVA_HOME`, or one that is installed
    /// in the usual places, whichever is new enough first.
    @Parameter(property = "nnet.jdk")
    private File jdk;

    /// Folders and jars to import `.nnet` files from, besides the dependencies of the project.
    @Parameter
    private List<File> imports = List.of();

    MavenProject project() {
        return project;
    }

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Skipped by nnet.skip");
            return;
        }
        try {
            run();
        } catch (IOException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("interrupted", e);
        }
    }

    abstract void run() throws IOException, InterruptedException, MojoExecutionException, MojoFailureException;

    /// The compiler, as jars: the dependencies of this plugin.
    List<Path> compilerJars() {
        return pluginArtifacts.stream().map(Artifact::getFile).map(File::toPath).toList();
    }

    CompilerProcess compiler() throws MojoExecutionException {
        return new CompilerProcess(new Jdks(toolchains, session).find(jdk).resolve("bin").resolve("java"), compilerJars());
    }

    /// Where imports are looked for: what the project says, then its dependencies.
    List<Path> importRoots(List<String> classPath) {
        List<Path> roots = new ArrayList<>(imports.stream().map(File::toPath).toList());
        classPath.stream().map(Path::of).filter(Files::exists).forEach(roots::add);
        return roots;
    }

    Path buildFolder() {
        return Path.of(project.getBuild().getDirectory()).resolve("nnet");
    }
}

package nnet.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/// Compiles one folder of sources. The class of a network that applications use becomes a Java source, which the Java compiler then compiles like all others, so that
/// editors know it and changes reach those who use it; kernels become class files.
abstract class CompilingMojo extends NetworkMojo {

    /// `main` or `test`.
    abstract String kind();

    abstract Path sources();

    abstract Path classes();

    abstract Path javaSources();

    abstract List<Path> roots();

    /// Lets the Java compiler see the generated sources.
    abstract void addJavaSources(Path folder);

    @Override
    final void run() throws IOException, InterruptedException, MojoExecutionException, MojoFailureException {
        Path record = buildFolder().resolve(kind() + ".made");
        if (!Files.isDirectory(sources()) && !Files.exists(record)) {
            getLog().debug("There is no " + sources());
            return;
        }
        addJavaSources(javaSources());
        Stamp stamp = stamp();
        if (stamp.isCurrent()) {
            getLog().info("Nothing to compile - all networks are up to date");
            return;
        }
        stamp.forget();
        Messages messages = new Messages(getLog());
        compiler().run(
                List.of(sources().toString(), "-d", classes().toString(), "--java", javaSources().toString(), "--record", record.toString(),
                        "--imports", roots().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)), "--lines"),
                false, messages);
        messages.failOnErrors(this);
        getLog().info(
                "Compiled " + (messages.compiled() == 1 ? "1 .nnet file" : messages.compiled() + " .nnet files") + " to " + classes());
        stamp.write(messages.made());
    }

    private Stamp stamp() throws IOException {
        Stamp stamp = new Stamp(buildFolder().resolve(kind() + ".stamp"));
        stamp.option(sources() + " " + classes() + " " + javaSources());
        for (Path jar : compilerJars()) {
            stamp.reads(jar);
        }
        stamp.reads(sources());
        for (Path root : roots()) {
            stamp.reads(root);
        }
        return stamp;
    }
}

package nnet.tests.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import nnet.tests.place.Repository;
import org.junit.jupiter.api.Assumptions;

/// Maven with the artifacts of this build in a local repository of its own. What else it needs comes from the user's repository, or from the network if that lacks it.
///
/// @param repository kept between runs: only the artifacts of this build are always put there anew
record Maven(Path repository, Path settings) {

    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final List<String> MODULES = List.of("grammar", "compiler", "runtime", "stdlib", "trainer", "embed", "cli",
            "maven-plugin");
    private static final long PATIENCE_SECONDS = 300;

    /// @param text everything that Maven printed
    record Outcome(int status, String text) {

        boolean isSuccess() {
            return status == 0;
        }

        boolean says(String words) {
            return text.contains(words);
        }
    }

    static Maven install() throws IOException {
        for (String module : MODULES) {
            Assumptions.assumeTrue(Files.isDirectory(classes(module)), "needs the classes that Maven compiles: " + classes(module));
        }
        Assumptions.assumeTrue(Files.exists(classes("maven-plugin").resolve("META-INF/maven/plugin.xml")),
                "needs the descriptor of the plugin");
        Path target = Repository.ROOT.resolve("tests/target");
        Maven maven = new Maven(target.resolve("maven-repository"), target.resolve("maven-settings.xml"));
        maven.put("nnet", Repository.ROOT.resolve("pom.xml"));
        for (String module : MODULES) {
            Path folder = maven.put("nnet-" + module, Repository.ROOT.resolve(module).resolve("pom.xml"));
            jar(List.of(classes(module)), folder.resolve("nnet-" + module + "-" + VERSION + ".jar"));
        }
        maven.writeSettings();
        return maven;
    }

    private static Path classes(String module) {
        return Repository.ROOT.resolve(module).resolve("target/classes");
    }

    private Path put(String artifact, Path pom) throws IOException {
        Path folder = Files.createDirectories(repository.resolve("nnet").resolve(artifact).resolve(VERSION));
        Files.copy(pom, folder.resolve(artifact + "-" + VERSION + ".pom"), StandardCopyOption.REPLACE_EXISTING);
        return folder;
    }

    private static void jar(List<Path> folders, Path file) throws IOException {
        Set<String> names = new HashSet<>();
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (Path folder : folders) {
                for (Path entry : Repository.files(folder, "")) {
                    boolean isFolder = Files.isDirectory(entry);
                    String name = folder.relativize(entry) + (isFolder ? "/" : "");
                    if (names.add(name)) {
                        jar.putNextEntry(new ZipEntry(name));
                        if (!isFolder) {
                            Files.copy(entry, jar);
                        }
                    }
                }
            }
        }
    }

    /// Puts another version of the compiler in the place of this one: the same, but for a file that says so.
    void upgrade() throws IOException {
        Path mark = Files.createTempDirectory("upgrade").resolve("META-INF/upgrade");
        Files.createDirectories(mark.getParent());
        Files.writeString(mark, "another compiler\n");
        Path folder = repository.resolve("nnet/nnet-compiler").resolve(VERSION);
        jar(List.of(classes("compiler"), mark.getParent().getParent()), folder.resolve("nnet-compiler-" + VERSION + ".jar"));
    }

    private void writeSettings() throws IOException {
        String user = System.getProperty("localRepository", System.getProperty("user.home") + "/.m2/repository");
        String place = "<id>of-the-user</id><url>%s</url><releases><checksumPolicy>ignore</checksumPolicy></releases><snapshots><enabled>false</enabled></snapshots>"
                .formatted(Path.of(user).toUri());
        Files.writeString(settings, """
                <settings>
                  <localRepository>%1$s</localRepository>
                  <profiles>
                    <profile>
                      <id>files</id>
                      <repositories><repository>%2$s</repository></repositories>
                      <pluginRepositories><pluginRepository>%2$s</pluginRepository></pluginRepositories>
                    </profile>
                  </profiles>
                  <activeProfiles><activeProfile>files</activeProfile></activeProfiles>
                </settings>
                """.formatted(repository, place));
    }

    /// Runs `mvn` in a project.
    Outcome run(Path project, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-s", settings.toString(), "-Dstyle.color=never",
                "-Dorg.slf4j.simpleLogger.log.org.apache.maven.cli.transfer=warn"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("mvn", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto");
        builder.environment().remove("MAVEN_ARGS");
        Process process = start(builder);
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IOException("mvn still runs after " + PATIENCE_SECONDS + " s");
        }
        String text = Files.readString(output);
        Files.delete(output);
        return new Outcome(process.exitValue(), text);
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException _) {
            return Assumptions.abort("needs `mvn` on the PATH");
        }
    }

    /// The project that a guide builds: the files are its blocks with the note `MavenPluginTest builds it: FILE`.
    static Path guided(Path guide, Path folder) throws IOException {
        Matcher block = Pattern
                .compile("^```\\w+ not run: MavenPluginTest builds it: (\\S+)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Repository.read(guide));
        while (block.find()) {
            Path file = folder.resolve(block.group(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, block.group(2));
        }
        return folder;
    }

    /// A copy of one of the projects beside these tests.
    static Path project(String name, Path folder) throws IOException {
        Path from = Repository.ROOT.resolve("tests/projects").resolve(name);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(name).resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        return folder.resolve(name);
    }
}

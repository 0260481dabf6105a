package nnet.maven;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;

/// Finds a JDK that is new enough for the compiler. The `release` file of a JDK tells its version without starting it.
record Jdks(ToolchainManager toolchains, MavenSession session) {

    static final int NEEDED = 25;

    /// @param chosen what the project says, or null
    Path find(File chosen) throws MojoExecutionException {
        if (chosen != null) {
            if (isNewEnough(chosen.toPath())) {
                return chosen.toPath();
            }
            throw new MojoExecutionException("nnet.jdk names " + chosen + ", which is no JDK " + NEEDED + " or later");
        }
        for (Path home : candidates()) {
            if (isNewEnough(home)) {
                return home;
            }
        }
        throw new MojoExecutionException(
                "The compiler of .nnet files needs a JDK " + NEEDED + " or later, and none was found. Install one of any vendor "
                        + "(for example Eclipse Temurin " + NEEDED
                        + ") and name its home by JAVA_HOME, in ~/.m2/toolchains.xml or by -Dnnet.jdk=HOME. "
                        + "Maven itself and the application may stay on an older Java.");
    }

    private List<Path> candidates() {
        List<Path> homes = new ArrayList<>();
        for (Toolchain toolchain : toolchains.getToolchains(session, "jdk", Map.of("version", "[" + NEEDED + ",)"))) {
            String java = toolchain.findTool("java");
            if (java != null) {
                homes.add(Path.of(java).getParent().getParent());
            }
        }
        homes.add(Path.of(System.getProperty("java.home")));
        if (System.getenv("JAVA_HOME") != null) {
            homes.add(Path.of(System.getenv("JAVA_HOME")));
        }
        Path user = Path.of(System.getProperty("user.home"));
        for (Path folder : List.of(Path.of("/usr/lib/jvm"), user.resolve(".sdkman/candidates/java"), user.resolve(".jdks"),
                Path.of("/opt/java"),
                Path.of("C:\\Program Files\\Java"), Path.of("C:\\Program Files\\Eclipse Adoptium"))) {
            homes.addAll(children(folder, ""));
        }
        homes.addAll(children(Path.of("/Library/Java/JavaVirtualMachines"), "Contents/Home"));
        homes.addAll(children(user.resolve("Library/Java/JavaVirtualMachines"), "Contents/Home"));
        return homes;
    }

    private static List<Path> children(Path folder, String home) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
                children.forEach(child -> found.add(child.resolve(home)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        found.sort(null);
        return found;
    }

    private static boolean isNewEnough(Path home) {
        Properties release = new Properties();
        try (InputStream file = Files.newInputStream(home.resolve("release"))) {
            release.load(file);
        } catch (IOException e) {
            return false;
        }
        String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
        String feature = version.split("[^0-9]", 2)[0];
        return !feature.isEmpty() && Integer.parseInt(feature) >= NEEDED;
    }
}

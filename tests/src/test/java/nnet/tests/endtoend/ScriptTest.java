package nnet.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import nnet.tests.place.Repository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The script `nnc` finds everything that it needs, or says what is missing. Instead of the compiler it starts a program that tells how it was started.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ScriptTest {

    private static final String PROGRAM = """
            package nnet.cli;

            public class Main {
                public static void main(String[] arguments) throws Exception {
                    String errors = System.getProperty("nnc.stderr");
                    if (errors != null) {
                        var opened = java.io.FileDescriptor.class.getDeclaredConstructor(int.class);
                        opened.setAccessible(true);
                        System.setErr(new java.io.PrintStream(new java.io.FileOutputStream(opened.newInstance(Integer.parseInt(errors)))));
                    }
                    boolean hasVectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
                    if (Boolean.getBoolean("nnc.relay") && arguments[1].startsWith("large")) {
                        System.exit(75);
                    }
                    if (arguments[1].endsWith("vectors")) {
                        System.out.println((hasVectors ? "with" : "without") + " vectors");
                    }
                    System.out.println("started with " + String.join(" ", arguments) + ", it is " + new java.io.File(arguments[1]).exists());
                    System.err.println("an error of nnc");
                }
            }
            """;

    @TempDir
    Path folder;

    private Path root;

    /// A clone that has been built, in a folder with a name that is not easy.
    @BeforeEach
    void build() throws IOException {
        root = Files.createDirectories(folder.resolve("a clone für mich"));
        for (String file : List.of("nnc", "config/find-jdk", "config/recorded.nnet", "samples/xor/xor.nnet")) {
            Path copy = root.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(Repository.ROOT.resolve(file), copy);
        }
        Path program = Files.createDirectories(root.resolve("cli/target/lib"));
        Path source = Files.createDirectories(folder.resolve("nnet/cli")).resolve("Main.java");
        Files.writeString(source, PROGRAM);
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "17", source.toString()));
        try (var jar = new JarOutputStream(Files.newOutputStream(program.resolveSibling("nnc.jar")))) {
            jar.putNextEntry(new ZipEntry("nnet/cli/Main.class"));
            Files.copy(source.resolveSibling("Main.class"), jar);
        }
        Files.createFile(program.resolveSibling("built"));
        Files.writeString(program.resolveSibling("recorded"), System.getProperty("java.home") + "\n" + root + "\n");
        Files.writeString(root.resolve("größe.csv"), "1,2\n");
    }

    private record Said(int status, String out, String err) {
    }

    private Said nnc(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        var command = new ArrayList<>(List.of("sh", root.resolve("nnc").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile()).redirectOutput(out.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), Files.readString(out, StandardCharsets.UTF_8), err);
    }

    @Test
    void namesOfFilesMayHaveSpacesAndUmlautsInAnyLanguage() throws Exception {
        for (String language : List.of("C.UTF-8", "C", "")) {
            for (String command : List.of("check", "train")) {
                Said said = nnc(Map.of("LC_ALL", language, "LANG", ""), command, "größe.csv");
                assertEquals("started with " + command + " größe.csv, it is true\n", said.out(), () -> language + ": " + said);
            }
        }
    }

    @Test
    void onlyWhatNncSaysIsSaidAlsoInAFile() throws Exception {
        assertEquals("an error of nnc\n", nnc(Map.of(), "check", "größe.csv").err());
        assertEquals("an error of nnc\n", nnc(Map.of(), "train", "größe.csv").err());
    }

    @Test
    void aJvmThatCannotStartSaysWhy() throws Exception {
        Said said = nnc(Map.of("JDK_JAVA_OPTIONS", "-Xmx1x"), "train", "größe.csv");
        assertEquals(1, said.status());
        assertTrue(said.err().contains("Invalid maximum heap size"), said.err());
    }

    @Test
    void aTrainingThatIsNotSmallIsPassedOnToAJvmWithVectors() throws Exception {
        assertEquals("without vectors", nnc(Map.of(), "train", "small vectors").out().lines().findFirst().orElseThrow());
        assertEquals("with vectors", nnc(Map.of(), "train", "large vectors").out().lines().findFirst().orElseThrow());
    }

    @Test
    void aWrongHomeOfJavaIsPassedOver() throws Exception {
        assertEquals(0, nnc(Map.of("JAVA_HOME", folder.toString()), "check", "größe.csv").status());
    }

    @Test
    void whereItMayNotBuildItSaysSo() throws Exception {
        Path program = root.resolve("cli/target");
        Files.delete(program.resolve("built"));
        Files.move(program, root.resolve("elsewhere"));
        Files.writeString(program, "a file is in the way");
        Said said = nnc(Map.of(), "check", "größe.csv");
        assertEquals(2, said.status(), said::toString);
        assertTrue(said.err().startsWith("nnc: it has to be built for these sources, but "), said.err());
    }

    @Test
    void withoutMavenItSaysWhatToInstall() throws Exception {
        Files.delete(root.resolve("cli/target/built"));
        Path tools = Files.createDirectories(folder.resolve("bin"));
        for (String tool : List.of("sed", "find", "readlink", "dirname")) {
            Path wrapper = Files.writeString(tools.resolve(tool), "#!/bin/sh\nexec /usr/bin/" + tool + " \"$@\"\n");
            assertTrue(wrapper.toFile().setExecutable(true));
        }
        Said said = nnc(Map.of("PATH", tools.toString(), "JAVA_HOME", System.getProperty("java.home")), "check", "größe.csv");
        assertEquals(2, said.status(), said::toString);
        assertEquals("nnc: Maven is needed to build nnc, and 'mvn' is not on the PATH. Install Maven 3.8.7 or later.\n", said.err());
    }
}

package nnet.embed.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import nnet.compiler.source.Diagnostic;
import nnet.runtime.Network;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderBuildTest {

    private static final String ONE = "package a\n\n/// Adds up & more.\nnetwork One(x: [2]) -> [1] { x -> Dense(1) }\n";
    private static final String TWO = "package a\n\nnetwork Two(x: [2]) -> [1] { x -> Dense(1) }\n";
    private static final String USER = "package b\n\nimport a.parts.Twice\n\nnetwork User(x: [2]) -> [2] { x -> Twice }\n";
    private static final String PARTS = "package a.parts\n\nlayer Twice(x: [n]) -> [n] { 2 * x }\n";

    @TempDir
    Path folder;

    @BeforeEach
    void sources() throws IOException {
        write("a/one.nnet", ONE);
        write("a/two.nnet", TWO);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve("src").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Folders folders(Path... roots) {
        return new Folders(folder.resolve("src"), folder.resolve("classes"), Optional.of(folder.resolve("java")), folder.resolve("record"),
                List.of(roots));
    }

    private FolderBuild.Outcome build(Path... roots) throws IOException {
        return FolderBuild.run(folders(roots));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString())
                    .filter(file -> !file.startsWith("src/")).sorted().toList();
        }
    }

    @Test
    void everySourceBecomesKernelsAJavaSourceAndACopyOfItself() throws IOException {
        assertEquals(List.of("a/one.nnet", "a/two.nnet"), build().compiled());
        assertEquals(
                List.of("classes/a/One$Code.class", "classes/a/One$Scalar.class", "classes/a/One$Vector128.class",
                        "classes/a/One$Vector256.class",
                        "classes/a/One$Vector512.class", "classes/a/one.nnet"),
                files().stream().filter(file -> file.toLowerCase().startsWith("classes/a/one")).toList());
        assertTrue(Files.readString(folder.resolve("java/a/One.java")).contains("public final class One extends CompiledNetwork"));
    }

    @Test
    void aSourceMayHoldSeveralNetworks() throws IOException {
        Files.delete(folder.resolve("src/a/two.nnet"));
        write("a/one.nnet", ONE + TWO.replace("package a\n", ""));
        build();
        assertTrue(
                files().containsAll(List.of("classes/a/One$Code.class", "classes/a/Two$Code.class", "java/a/One.java", "java/a/Two.java")));
        assertEquals(List.of(), build().compiled());
        write("a/one.nnet", ONE);
        build();
        assertFalse(files().stream().anyMatch(file -> file.contains("Two")), () -> "what is gone from a source is gone");
    }

    @Test
    void aSecondBuildDoesNothing() throws IOException {
        build();
        assertEquals(List.of(), build().compiled());
    }

    @Test
    void aChangedSourceAloneIsCompiled() throws IOException {
        build();
        write("a/two.nnet", TWO.replace("Dense(1)", "Dense(1, tanh)"));
        assertEquals(List.of("a/two.nnet"), build().compiled());
    }

    @Test
    void aJavaSourceThatStaysTheSameKeepsItsTime() throws IOException {
        build();
        Path java = folder.resolve("java/a/Two.java");
        Files.setLastModifiedTime(java, FileTime.fromMillis(0));
        write("a/two.nnet", TWO.replace("Dense(1)", "Dense(1, tanh)"));
        build();
        assertEquals(FileTime.fromMillis(0), Files.getLastModifiedTime(java));
    }

    @Test
    void whatIsDeletedByOthersIsMadeAgain() throws IOException {
        build();
        Files.delete(folder.resolve("classes/a/One$Code.class"));
        assertEquals(List.of("a/one.nnet"), build().compiled());
    }

    @Test
    void aDeletedSourceTakesItsClassesWithIt() throws IOException {
        build();
        Files.writeString(folder.resolve("classes/a/One.class"), "as the Java compiler made it");
        Files.writeString(folder.resolve("classes/a/Onerous.class"), "of somebody else");
        Files.delete(folder.resolve("src/a/one.nnet"));
        assertEquals(List.of(), build().compiled());
        assertEquals(List.of("classes/a/Onerous.class"), files().stream().filter(file -> file.contains("One")).toList());
    }

    @Test
    void aRenamedSourceKeepsItsClasses() throws IOException {
        build();
        List<String> before = files();
        Files.move(folder.resolve("src/a/one.nnet"), folder.resolve("src/a/zzz.nnet"));
        assertEquals(List.of("a/zzz.nnet"), build().compiled());
        assertEquals(before.stream().map(file -> file.replace("one.nnet", "zzz.nnet")).sorted().toList(), files());
    }

    @Test
    void aChangedImportCompilesThoseWhoImport() throws IOException {
        write("a/parts/twice.nnet", PARTS);
        write("b/user.nnet", USER);
        build();
        write("a/parts/twice.nnet", PARTS.replace("2 * x", "x + x"));
        assertEquals(List.of("a/parts/twice.nnet", "b/user.nnet"), build().compiled());
    }

    @Test
    void importsAreFoundInJars() throws IOException {
        write("b/user.nnet", USER);
        Path jar = folder.resolve("parts.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("a/parts/twice.nnet"));
            out.write(PARTS.getBytes());
        }
        assertEquals(List.of(), build(jar).diagnostics());
        assertFalse(build().isRight());
    }

    @Test
    void aMistakeHasItsPlaceAndLeavesTheClassesAsTheyWere() throws IOException {
        build();
        List<String> before = files();
        write("a/two.nnet", TWO.replace("Dense", "Dens"));
        FolderBuild.Outcome outcome = build();
        Diagnostic mistake = outcome.diagnostics().getFirst();
        assertEquals(folder.resolve("src/a/two.nnet") + ":3:35", mistake.labels().getFirst().span().toString());
        assertEquals(before, files());
        assertFalse(build().isRight(), "a mistake is told until it is mended");
        write("a/two.nnet", TWO);
        assertTrue(build().isRight());
    }

    @Test
    void twoSourcesCannotMakeTheSameClass() throws IOException {
        write("a/zwei.nnet", TWO);
        for (int time = 0; time < 2; time++) {
            assertEquals(List.of("the network Two is in a/two.nnet too"), build().diagnostics().stream().map(Diagnostic::title).toList());
        }
        Files.delete(folder.resolve("src/a/two.nnet"));
        assertTrue(build().isRight());
    }

    @Test
    void weightsComeToLieBesideTheClass() throws IOException {
        write("a/One.safetensors", "weights");
        build();
        assertEquals("weights", Files.readString(folder.resolve("classes/a/One.safetensors")));
        Files.delete(folder.resolve("src/a/One.safetensors"));
        build();
        assertFalse(Files.exists(folder.resolve("classes/a/One.safetensors")));
    }

    @Test
    void theJavaSourceIsTheClass() throws Exception {
        build();
        Path classes = folder.resolve("classes");
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-Xlint:all,-path", "-Werror", "--release",
                "17", "-d",
                classes.toString(), "-cp", classes + ":" + System.getProperty("java.class.path"),
                folder.resolve("java/a/One.java").toString());
        assertEquals(0, status);
        Network asSource = load(classes);
        Folders whole = new Folders(folder.resolve("src"), folder.resolve("whole"), Optional.empty(), folder.resolve("other"), List.of());
        FolderBuild.run(whole);
        assertEquals(List.of(predict(load(folder.resolve("whole")))), List.of(predict(asSource)));
    }

    private static Network load(Path classes) throws Exception {
        URLClassLoader loader = new URLClassLoader(new URL[]{classes.toUri().toURL()}, Network.class.getClassLoader());
        return Network.create(loader.loadClass("a.One"), 7);
    }

    private static float predict(Network network) {
        float[] y = new float[1];
        network.prediction().input(0, new float[]{3, 4}).output(0, y).run(1);
        return y[0];
    }
}

package nnet.tests.emitted;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import nnet.compiler.emit.ManifestWriter;
import nnet.compiler.emit.NetworkClass;
import nnet.compiler.loop.LoopProgram;
import nnet.runtime.Element;
import nnet.runtime.Manifest;
import nnet.runtime.Network;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkClassTest {

    @TempDir
    static Path directory;

    /// What an application might do: prints one line for each thing.
    private static final String APPLICATION = """
            import java.io.IOException;
            import java.nio.file.Path;
            import nnet.runtime.Trainer;
            import nnet.tests.made.OneOutput;
            import nnet.tests.made.Slopes;
            import nnet.tests.made.TwoOutputs;

            public final class Application {
                public static void main(String[] arguments) throws IOException {
                    Slopes slopes = Slopes.create(3L | 5L << 32);
                    float[] one = slopes.predict(new float[] {1, 2});
                    System.out.println(one[0] + " " + one[1]);
                    float[] many = new float[4];
                    slopes.predict(new float[] {1, 2, 10, 20}, 2, many);
                    System.out.println(many[2] + " " + many[3]);
                    float first;
                    float last = 0;
                    try (Trainer trainer = slopes.trainer()) {
                        float[] x = {1, 1, -1, -1};
                        float[] y = {2, 4, 0, -2};
                        first = trainer.step(x, y, 2);
                        for (int i = 0; i < 5000; i++) {
                            last = trainer.step(x, y, 2);
                        }
                    }
                    System.out.println(first + " " + (last < 1e-6));
                    Path file = Path.of(arguments[0]);
                    slopes.save(file);
                    System.out.println(Math.round(Slopes.load(file).parameter("slope")[1]));
                    categories();
                    try {
                        Slopes.pretrained();
                    } catch (IllegalStateException e) {
                        System.out.println("not pretrained");
                    }
                }

                private static void categories() {
                    OneOutput one = OneOutput.create(0);
                    int color = one.predict(new float[] {0.5f, 1}, 2);
                    float[] scores = one.infer(new float[] {0.5f, 1}, 2);
                    int[] colors = new int[2];
                    one.predict(new float[] {0, 1, 1, 0}, new int[] {1, 0}, 2, colors);
                    System.out.println(color + " " + scores[0] + " " + scores[2] + " " + colors[0] + " " + colors[1]);
                    TwoOutputs two = TwoOutputs.create(0);
                    float[] half = new float[2];
                    int[] isLarge = new int[2];
                    two.predict(new float[] {1, 20}, 2, half, isLarge);
                    float[] probabilities = new float[4];
                    two.infer(new float[] {1, 20}, 2, half, probabilities);
                    System.out.println(half[1] + " " + isLarge[0] + " " + isLarge[1] + " " + probabilities[3]);
                    try {
                        one.predict(new float[2], 3);
                    } catch (IllegalArgumentException e) {
                        System.out.println(e.getMessage());
                    }
                    try {
                        one.trainer();
                    } catch (UnsupportedOperationException e) {
                        System.out.println(e.getMessage());
                    }
                }
            }
            """;

    @BeforeAll
    static void writeClasses() throws IOException {
        for (Map<String, byte[]> classes : List.of(Slopes.classes(), Kinds.oneOutput(), Kinds.twoOutputs())) {
            for (Map.Entry<String, byte[]> file : classes.entrySet()) {
                Path path = directory.resolve(file.getKey().replace('.', '/') + ".class");
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
            }
        }
        Path source = Files.writeString(directory.resolve("Application.java"), APPLICATION);
        String path = directory + System.getProperty("path.separator") + runtime();
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "17", "-Xlint:all", "-Werror", "-cp", path,
                "-d",
                directory.toString(), source.toString());
        assertEquals(0, result, "ordinary Java compiles against the class, without a warning");
    }

    private static Path runtime() {
        try {
            return Path.of(Network.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private String run(Path java, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", directory + System.getProperty("path.separator") + runtime(), "Application",
                directory.resolve("w.safetensors").toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return output;
    }

    private static final String EXPECTED = """
            8.0 5.0
            35.0 5.0
            %s true
            3
            2 0.5 1.0 1 1
            10.0 0 1 20.0
            'shift' takes values from 0 to 2, not 3 (element 0)
            the network nnet.tests.made.OneOutput cannot be trained: its source has no `train` block
            not pretrained
            """.formatted((6 * 6 + 1 + 2 * 2 + 7 * 7) / 2f);

    @Test
    void anApplicationNeedsTheRuntimeOnly() throws IOException, InterruptedException {
        assertEquals(EXPECTED, run(Path.of(System.getProperty("java.home"), "bin", "java")));
    }

    @Test
    void onlyTheKernelsThatRunAreLoaded() throws IOException, InterruptedException {
        String loaded = run(Path.of(System.getProperty("java.home"), "bin", "java"), "-Xlog:class+load:stdout");
        assertTrue(loaded.contains("nnet.tests.made.Slopes$Scalar "));
        assertFalse(loaded.contains("jdk.incubator.vector.FloatVector "));
    }

    @Test
    void theSourceTextIsJavaWithEveryPublicMethod() {
        String text = NetworkClass.source(Slopes.description());
        assertTrue(text.startsWith("package nnet.tests.made;"));
        assertTrue(text.contains(" * Two lines with one intercept. Ends here: *&#47;"), text);
        assertTrue(text.contains("     * @param x for each example: [2] numbers: metres"), text);
        for (String method : List.of("Slopes create(long seed)", "Slopes load(Path file) throws IOException", "Slopes pretrained()",
                "float[] predict(float[] x)", "void predict(float[] x, int count, float[] y)")) {
            assertTrue(text.contains(method + " {"), method);
        }
    }

    @Test
    void theManifestIsReadAsItWasWritten() {
        Manifest manifest = Manifest.parse(ManifestWriter.write(Slopes.description(), Slopes.programs()));
        assertEquals("nnet.tests.made.Slopes", manifest.network());
        assertEquals(List.of("x"), manifest.inputs().stream().map(Manifest.Port::name).toList());
        assertEquals(2, manifest.outputs().getFirst().size());
        assertEquals(List.of(0, 2), manifest.parameters().stream().map(Manifest.Weight::offset).toList());
        assertEquals(List.of("initialize", "infer", "gradient", "update"),
                manifest.programs().stream().map(Manifest.Program::name).toList());
        for (int i = 0; i < 4; i++) {
            LoopProgram written = Slopes.programs().get(i);
            Manifest.Program read = manifest.programs().get(i);
            assertEquals(written.symbols(), read.symbols());
            for (LoopProgram.Storage storage : written.storages()) {
                Manifest.Storage same = read.storages().get(storage.id());
                assertEquals(storage.name(), same.name());
                assertEquals(storage.element().toString(), same.element().text());
                assertEquals(storage.position().map(p -> p.reach(storage.size())).orElse(storage.size()).toString(),
                        same.size().toString());
                assertEquals(storage.position().map(LoopProgram.Position::slot), same.slot());
                assertEquals(storage.role().map(Enum::name), same.role().map(Enum::name));
            }
        }
    }

    @Test
    void bothSidesKnowTheSameWords() {
        assertArrayEquals(names(nnet.compiler.tensor.Graph.Role.values()), names(Manifest.Role.values()));
        assertArrayEquals(names(nnet.compiler.type.ElementType.values()), names(Element.values()));
    }

    private static Object[] names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toArray();
    }
}

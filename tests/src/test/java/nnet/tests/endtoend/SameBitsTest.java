package nnet.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import nnet.tests.place.Repository;
import nnet.tests.place.Workplace;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same program, seed and data give the same bits: any number of threads, any vector form, any JDK.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameBitsTest {
    private static final String VECTORS = "--add-modules jdk.incubator.vector ";

    private static final String NUMBERS = """
            import java.nio.file.Path;
            import nnet.runtime.Network;
            import nnet.runtime.Trainer;

            public class Driver {
                public static void main(String[] arguments) throws Exception {
                    Network network = Network.create(Class.forName("samples.xor.Xor"), 7);
                    try (Trainer trainer = network.trainer()) {
                        for (int step = 0; step < 20_000; step++) {
                            trainer.step(new float[] {0, 0, 0, 1, 1, 0, 1, 1}, new float[] {0, 1, 1, 0}, 4);
                        }
                    }
                    network.save(Path.of(arguments[0]));
                }
            }
            """;

    private static final String RECORDS = """
            import java.nio.file.Path;
            import java.util.Map;
            import samples.iris.Iris;
            import samples.iris.Iris.Flower;
            import samples.iris.Iris.Species;

            public class Driver {
                public static void main(String[] arguments) throws Exception {
                    Flower[] flowers = {new Flower(5.1f, 3.5f, 1.4f, 0.2f), new Flower(6.2f, 2.9f, 4.3f, 1.3f), new Flower(6.3f, 3.3f, 6, 2.5f)};
                    Species[] species = Species.values();
                    Iris iris = Iris.create(7);
                    try (Iris.Trainer trainer = iris.trainer()) {
                        trainer.fit(flowers, 3);
                        for (int step = 0; step < 1_000; step++) {
                            trainer.step(flowers, species, 3);
                        }
                    }
                    Iris.Prediction prediction = iris.infer(flowers[1]);
                    iris.save(Path.of(arguments[0]), Map.of(prediction.species().name(), Float.toHexString(prediction.probability(Species.VERSICOLOR))));
                }
            }
            """;

    private Workplace workplace;
    private byte[] reference;

    @BeforeAll
    void trainOnce(@TempDir Path folder) throws Exception {
        workplace = Workplace.create(folder.resolve("clone"));
        reference = trained("", "--threads 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--threads 1", "--threads 2", "--threads 4"})
    void whateverTheNumberOfThreads(String threads) throws Exception {
        assertArrayEquals(reference, trained("", threads));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Dnnet.vector=scalar", "-Dnnet.vector=128", "-Dnnet.vector=256", "-Dnnet.vector=512", "-Dnnet.tiering=off"})
    void whateverTheVectorForm(String form) throws Exception {
        assertArrayEquals(reference, trained("NNC_JVM='" + VECTORS + form + "' ", ""));
    }

    @Test
    void withoutTheVectorModule() throws Exception {
        assertArrayEquals(reference, trained("NNC_JVM=-Xshare:auto ", ""));
    }

    /// The generated class and the runtime are for Java 17; the compiler is not.
    @ParameterizedTest
    @ValueSource(strings = {"xor", "iris"})
    void theGeneratedClassLearnsTheSameOnJava17(String sample) throws Exception {
        Optional<Path> java17 = java17();
        assumeTrue(java17.isPresent(), "there is no JDK 17 in /usr/lib/jvm to compare with");
        runs("./nnc compile samples/" + sample + "/" + sample + ".nnet -d classes");
        Path source = workplace.write("Driver.java", sample.equals("xor") ? NUMBERS : RECORDS);
        Path runtime = Repository.ROOT.resolve("runtime/target/classes");
        Path classes = workplace.folder().resolve("classes");
        List<String> options = List.of("--release", "17", "-cp", runtime + File.pathSeparator + classes, "-d", classes.toString(),
                source.toString());
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new)));
        byte[] here = driven(Path.of(System.getProperty("java.home")), VECTORS, runtime);
        assertArrayEquals(here, driven(Path.of(System.getProperty("java.home")), "", runtime));
        assertArrayEquals(here, driven(java17.get(), VECTORS, runtime));
        assertArrayEquals(here, driven(java17.get(), "", runtime));
    }

    private byte[] driven(Path jdk, String flags, Path runtime) throws IOException, InterruptedException {
        Path weights = workplace.folder().resolve("driven.safetensors");
        runs("'" + jdk.resolve("bin/java") + "' " + flags + " -cp classes:'" + runtime + "' Driver " + weights);
        return Files.readAllBytes(weights);
    }

    private byte[] trained(String variables, String options) throws IOException, InterruptedException {
        runs(variables + "./nnc train samples/xor/xor.nnet -o out " + options);
        return Files.readAllBytes(workplace.folder().resolve("out/Xor.safetensors"));
    }

    private void runs(String command) throws IOException, InterruptedException {
        var outcome = workplace.run(command);
        assertEquals(0, outcome.status(), outcome.output());
    }

    private static Optional<Path> java17() throws IOException {
        Path machines = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(machines)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(machines)) {
            return homes.filter(home -> home.getFileName().toString().contains("17") && Files.isExecutable(home.resolve("bin/java")))
                    .sorted().findFirst();
        }
    }
}

package nnet.tests.emitted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import nnet.compiler.Compilation;
import nnet.compiler.Compiler;
import nnet.compiler.Journey;
import nnet.compiler.Texts;
import nnet.compiler.emit.Description;
import nnet.compiler.emit.NetworkClass;
import nnet.compiler.schedule.Target;
import nnet.compiler.source.Source;
import nnet.runtime.Network;
import nnet.trainer.StandardLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Records and enums of a network as an application sees them: from the class files, and from the source text that builds give to the Java compiler.
class TypedClassTest {

    @TempDir
    Path directory;

    /// The network gives its encoded row back, so that a test sees what became of it.
    private static final String ECHO = """
            package nnet.tests.typed

            /// How somebody feels.
            enum Mood {
              /// Very well.
              good = "+" or "++"
              so_so
              bad
            }

            record Person {
              /// In years.
              age:       int
              height:    real missing("?", zero)
              children:  int missing("?", zero)
              happy:     bool
              member:    bool missing("?", zero)
              mood:      Mood
              before:    Mood missing("?", category)
              place:     category(2)
              hash_code: category(2) missing("?", zero)
            }

            network Echo(person: Person, mood: Mood, x: [2]) -> (next: Mood, row: [16]) {
              let scores = concat([x, x[0..1]])
              (softmax(scores + one_hot(mood, 3)), person)
            }
            """;

    private static final String ASKING = """
            import java.util.Arrays;
            import nnet.tests.typed.Echo;
            import nnet.tests.typed.Echo.Mood;
            import nnet.tests.typed.Echo.Person;

            public final class Application {
                public static void main(String[] arguments) {
                    Echo echo = Echo.create(0);
                    Person known = new Person(30, 1.5f, 2, true, false, Mood.SO_SO, Mood.BAD, 1, 1);
                    Person unknown = new Person(31, Float.NaN, null, false, null, Mood.GOOD, null, 0, null);
                    System.out.println(known);
                    System.out.println(known.equals(new Person(30, 1.5f, 2, true, false, Mood.SO_SO, Mood.BAD, 1, 1)) + " " + known.equals(unknown));
                    Echo.Prediction one = echo.infer(known, Mood.SO_SO, new float[2]);
                    System.out.println(one.next() + " " + (one.probability(Mood.SO_SO) > one.probability(Mood.BAD)) + " " + Arrays.toString(one.row()));
                    System.out.println(Arrays.toString(echo.infer(unknown, Mood.GOOD, new float[2]).row()));
                    Mood[] next = new Mood[2];
                    float[] rows = new float[32];
                    echo.predict(new Person[] {known, unknown}, new Mood[] {Mood.BAD, Mood.GOOD}, new float[4], 2, next, rows);
                    System.out.println(Arrays.toString(next) + " " + rows[0] + " " + rows[16]);
                    try {
                        echo.infer(new Person(30, 1.5f, 2, true, false, Mood.SO_SO, Mood.BAD, 2, 1), Mood.GOOD, new float[2]);
                    } catch (IllegalArgumentException e) {
                        System.out.println(e.getMessage());
                    }
                }
            }
            """;

    private static final String ANSWERS = """
            Person[age=30, height=1.5, children=2, happy=true, member=false, mood=SO_SO, before=BAD, place=1, hashCode_2=1]
            true false
            SO_SO true [30.0, 1.5, 2.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0]
            [31.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0]
            [BAD, GOOD] 30.0 31.0
            'place' takes values from 0 to 1, not 2
            """;

    private static final String LEAVES = """
            package nnet.tests.typed

            enum Tree { birch, oak }

            record Leaf {
              length: real standardized
              width:  real missing("?", mean) standardized
            }

            network Leaves(leaf: Leaf, wet: [1]) -> tree: Tree {
              concat([leaf, wet]) -> Dense(2, softmax)
            }

            train Leaves {
              loss      = cross_entropy
              optimizer = Adam(rate: 0.1)
              epochs    = 1
              batch     = 4
            }
            """;

    private static final String LEARNING = """
            import java.util.Arrays;
            import nnet.runtime.Network;
            import nnet.runtime.Workers;
            import nnet.tests.typed.Leaves;
            import nnet.tests.typed.Leaves.Leaf;
            import nnet.tests.typed.Leaves.Tree;

            public final class Application {
                public static void main(String[] arguments) {
                    Leaf[] leaves = {new Leaf(3, 2), new Leaf(3.5f, 2.5f), new Leaf(11, 6), new Leaf(12, Float.NaN)};
                    float[] wet = {0, 1, 0, 1};
                    Tree[] trees = {Tree.BIRCH, Tree.BIRCH, Tree.OAK, Tree.OAK};
                    Leaves network = Leaves.create(1);
                    try (Leaves.Trainer trainer = network.trainer()) {
                        trainer.fit(leaves, 4);
                        float untrained = trainer.evaluate(leaves, wet, trees, 4);
                        float first = trainer.step(leaves, wet, trees, 4);
                        for (int step = 1; step < 100; step++) {
                            trainer.step(leaves, wet, trees, 4);
                        }
                        System.out.println((Math.abs(untrained - first) < 1e-6f) + " " + (trainer.evaluate(leaves, wet, trees, 4) < 0.1f) + " " + trainer.steps());
                        try {
                            trainer.step(leaves, wet, trees, 5);
                        } catch (IllegalArgumentException e) {
                            System.out.println(e.getMessage());
                        }
                    }
                    Tree[] seen = new Tree[4];
                    network.predict(leaves, wet, 4, seen);
                    System.out.println(Arrays.toString(seen) + " " + network.predict(new Leaf(12, 7), new float[1]));
                    try {
                        network.predict(new Leaf(Float.NaN, Float.NaN), new float[1]);
                    } catch (IllegalArgumentException e) {
                        System.out.println(e.getMessage());
                    }
                    Network any = network;
                    System.out.println((any.trainer() instanceof Leaves.Trainer) + " " + (any.trainer(0, Workers.shared()) instanceof Leaves.Trainer));
                }
            }
            """;

    private static final String LEARNT = """
            true true 100
            'leaf' takes 1 value for each example; an array of 4 is too short for 5
            [BIRCH, BIRCH, OAK, OAK] OAK
            'length' is NaN, but its record does not say what to put there if it is missing
            true true
            """;

    /// A network, an application around it, and what that prints.
    private enum Example {
        Echo(ECHO, ASKING, ANSWERS), Leaves(LEAVES, LEARNING, LEARNT);

        private final Compilation compiled;
        private final String application;
        private final String expected;

        Example(String network, String application, String expected) {
            Texts texts = new Texts(new Source("example.nnet", network), List.of(), StandardLibrary.sources(), Map.of());
            compiled = new Compiler(Journey.SILENT).compile(texts, List.of(Target.all().getFirst()));
            assertEquals(List.of(), compiled.diagnostics());
            this.application = application;
            this.expected = expected;
        }

        String source() {
            return NetworkClass.source(Description.of(compiled.model().orElseThrow(), Compiler.VERSION));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anApplicationPassesRecordsAndGetsEnums(Example example) throws Exception {
        for (Map.Entry<String, byte[]> each : example.compiled.classes().entrySet()) {
            write(directory, each.getKey(), each.getValue());
        }
        assertEquals(example.expected, run(directory, Files.writeString(directory.resolve("Application.java"), example.application)));
    }

    @ParameterizedTest
    @EnumSource
    void theSourceTextIsTheSameClass(Example example) throws Exception {
        for (Map.Entry<String, byte[]> each : example.compiled.classes().entrySet()) {
            String name = each.getKey();
            if (name.endsWith("$Code") || name.endsWith("$Scalar")) {
                write(directory, name, each.getValue());
            }
        }
        Path facade = Files.writeString(directory.resolve(example + ".java"), example.source());
        assertEquals(example.expected,
                run(directory, facade, Files.writeString(directory.resolve("Application.java"), example.application)));
    }

    @Test
    void commentsOfTheSourceAreDocumentation() {
        for (String comment : List.of("/** How somebody feels. */", "@param age In years. (a whole number)", "/** Very well. */",
                "@param before one of {@code Mood}, or null where it is missing")) {
            assertTrue(plain(Example.Echo.source()).contains(comment), Example.Echo.source());
        }
    }

    private static String plain(String text) {
        return text.replaceAll("\\s+\\* ", " ").replaceAll("\\s+", " ");
    }

    private static void write(Path folder, String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name.replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    /// Compiles as an application would and gives what it prints.
    private static String run(Path folder, Path... sources) throws Exception {
        String runtime = Path.of(Network.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        List<String> command = new ArrayList<>(List.of("--release", "17", "-Xlint:all", "-Werror", "-cp",
                folder + System.getProperty("path.separator") + runtime, "-d", folder.toString()));
        List.of(sources).forEach(each -> command.add(each.toString()));
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, command.toArray(String[]::new)),
                "ordinary Java compiles against it, without a warning");
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader = new URLClassLoader(new URL[]{folder.toUri().toURL()}, Network.class.getClassLoader());
                PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            loader.loadClass("Application").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}

package nnet.tests.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import nnet.compiler.Compiler;
import nnet.compiler.Journey;
import nnet.compiler.Texts;
import nnet.compiler.schedule.Target;
import nnet.tests.place.Repository;
import nnet.trainer.LoadedNetwork;
import nnet.trainer.NetworkFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The jars as modules: what they need, what they show, and that an application of modules can use them.
class ModulesTest {

    private static final List<String> MODULES = List.of("grammar", "compiler", "runtime", "stdlib", "trainer", "embed", "cli", "site");

    @TempDir
    Path folder;

    private static ModuleDescriptor module(String name) {
        ModuleFinder finder = ModuleFinder.of(Repository.ROOT.resolve(name).resolve("target/classes"));
        return finder.find("nnet." + name).map(ModuleReference::descriptor)
                .orElseThrow(() -> new AssertionError("the jar of " + name + " is no module"));
    }

    private static Set<String> requirements(String name) {
        return module(name).requires().stream().map(Requires::name).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"grammar", "compiler", "runtime", "stdlib", "trainer", "embed", "cli", "site"})
    void everyJarIsAModule(String name) {
        assertFalse(module(name).isAutomatic());
    }

    /// What is no library has a name all the same, and not that of its file, so that nobody's module has to change with it.
    @ParameterizedTest
    @CsvSource({"maven-plugin, nnet.maven", "samples, nnet.samples", "bench, nnet.bench"})
    void everyOtherJarHasAModuleName(String folder, String name) {
        String entry = "<Automatic-Module-Name>" + name + "</Automatic-Module-Name>";
        assertTrue(Repository.read(Repository.ROOT.resolve(folder).resolve("pom.xml")).contains(entry), folder);
    }

    @Test
    void theRuntimeNeedsTheBaseModuleOnly() {
        assertEquals(Set.of("java.base"), requirements("runtime"));
    }

    @Test
    void theCompilerNeedsItsParserAndItsClassWriterOnly() {
        assertEquals(Set.of("java.base", "nnet.grammar", "org.objectweb.asm"), requirements("compiler"));
    }

    @Test
    void passesStayInside() {
        Set<String> shown = module("compiler").exports().stream().filter(exports -> !exports.isQualified()).map(Exports::source)
                .collect(Collectors.toSet());
        for (String pass : List.of("elaborate", "differentiate", "optimise", "lower", "expand", "emit", "code")) {
            assertFalse(shown.contains("nnet.compiler." + pass), pass);
        }
    }

    /// A jar without a description is named after its file, which the next version or another repository may change; then it must say its name itself.
    @Test
    void noRequirementIsNamedAfterAFile() throws IOException {
        for (Path jar : modulePath()) {
            Set<ModuleReference> found = ModuleFinder.of(jar).findAll();
            for (ModuleReference module : found) {
                if (module.descriptor().isAutomatic()) {
                    assertTrue(Files.isRegularFile(jar), jar.toString());
                    try (JarFile file = new JarFile(jar.toFile())) {
                        Manifest manifest = file.getManifest();
                        assertEquals(module.descriptor().name(), manifest.getMainAttributes().getValue("Automatic-Module-Name"),
                                jar.toString());
                    }
                }
            }
        }
    }

    /// Whatever the modules of `nnc` need, and nothing else of this test's class path.
    private static List<Path> modulePath() {
        Set<String> needed = MODULES.stream().flatMap(name -> requirements(name).stream()).collect(Collectors.toSet());
        MODULES.forEach(name -> needed.add("nnet." + name));
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of).filter(Files::exists)
                .filter(entry -> !entry.endsWith("test-classes"))
                .filter(entry -> names(entry).stream().anyMatch(needed::contains)).toList();
    }

    private static Set<String> names(Path entry) {
        if (Files.isDirectory(entry) && !Files.exists(entry.resolve("module-info.class"))) {
            return Set.of();
        }
        return ModuleFinder.of(entry).findAll().stream().map(module -> module.descriptor().name()).collect(Collectors.toSet());
    }

    private static final String EMBEDDING = """
            package application;

            import nnet.embed.Nnc;
            import nnet.runtime.Network;
            import nnet.runtime.Trainer;

            public final class Main {
                public static void main(String[] arguments) {
                    Nnc line = Nnc.compile(\"""
                            network Line(x: [1]) -> [1] { x -> Dense(1) }
                            train Line { loss = mean_squared_error; optimizer = Adam(rate: 0.1); epochs = 1; batch = 4 }
                            \""");
                    Network network = line.create(0);
                    try (Trainer trainer = network.trainer()) {
                        float loss = 0;
                        for (int step = 0; step < 300; step++) {
                            loss = trainer.step(new float[] {1, 2, 3, 4}, new float[] {3, 5, 7, 9}, 4);
                        }
                        System.out.println(Main.class.getModule() + " " + (loss < 0.01));
                    }
                }
            }
            """;

    @Test
    void anApplicationOfModulesCompilesAndTrains() throws IOException, InterruptedException {
        compile("requires nnet.embed;", EMBEDDING, modulePath());
        assertEquals("module application true\n", run(modulePath(), "--add-modules", "jdk.incubator.vector"));
    }

    private static final String PREDICTING = """
            package application;

            import samples.iris.Iris;

            public final class Main {
                public static void main(String[] arguments) {
                    Iris.Species species = Iris.pretrained().predict(new Iris.Flower(5.1f, 3.5f, 1.4f, 0.2f));
                    System.out.println(Iris.class.getModule() + " " + (species != null));
                }
            }
            """;

    /// The classes, the kernels with vectors and the weights of a network lie in the application's own module, which shows nobody anything.
    @ParameterizedTest
    @ValueSource(strings = {"nnet.vector=scalar", "nnet.tiering=off"})
    void aNetworkMayLieInANamedModule(String property) throws IOException, InterruptedException {
        Texts texts = NetworkFile.read(Repository.ROOT.resolve("samples/iris/iris.nnet"), Map.of());
        Path classes = Files.createDirectories(folder.resolve("classes"));
        for (Map.Entry<String, byte[]> type : new Compiler(Journey.SILENT).compile(texts, Target.all()).classes().entrySet()) {
            Path file = classes.resolve(type.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, type.getValue());
        }
        LoadedNetwork.compile(texts, Journey.SILENT).network().orElseThrow().create(0)
                .save(classes.resolve("samples/iris/Iris.safetensors"));
        Path runtime = modulePath().stream().filter(entry -> names(entry).contains("nnet.runtime")).findFirst().orElseThrow();
        compile("requires nnet.runtime; requires static jdk.incubator.vector;", PREDICTING, List.of(runtime));
        assertEquals("module application true\n", run(List.of(runtime), "--add-modules", "jdk.incubator.vector", "-D" + property));
    }

    /// The module `application` with one class, compiled without a warning.
    private void compile(String requirements, String main, List<Path> path) throws IOException {
        Path info = Files.writeString(folder.resolve("module-info.java"), "module application { " + requirements + " }\n");
        Path source = Files.writeString(folder.resolve("Main.java"), main);
        List<String> command = new ArrayList<>(
                List.of("-Xlint:all,-path,-incubating", "-Werror", "-d", folder.resolve("classes").toString(), "-p",
                        joined(path)));
        command.addAll(List.of(info.toString(), source.toString()));
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int status = ToolProvider.findFirst("javac").orElseThrow().run(out, out, command.toArray(String[]::new));
        assertEquals(0, status, said.toString());
    }

    private String run(List<Path> path, String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(flags));
        command.addAll(List.of("-p", folder.resolve("classes") + File.pathSeparator + joined(path), "-m", "application/application.Main"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return output.replace("WARNING: Using incubator modules: jdk.incubator.vector\n", "");
    }

    private static String joined(List<Path> path) {
        return path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}

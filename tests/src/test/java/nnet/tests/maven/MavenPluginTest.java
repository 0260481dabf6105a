package nnet.tests.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import nnet.tests.place.Repository;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/// The project of the guide lives through a day: it is built, packed, changed, broken and mended. The steps follow each other, since each build takes seconds.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MavenPluginTest {

    @TempDir
    static Path folder;
    private static Maven maven;
    private static Path application;
    private static String trainings;

    @BeforeAll
    static void install() throws IOException {
        maven = Maven.install();
        application = Maven.guided(Repository.ROOT.resolve("docs/guide/maven.md"), folder.resolve("application"));
        Files.writeString(application.resolve("src/main/nnet/demo/double.nnet"),
                "package demo\n\nnetwork Double(x: [3]) -> [3] { 2 * x }\n");
        trainings = "-Dnnet.trainings=" + folder.resolve("trainings");
    }

    private static String read(String file) throws IOException {
        return Files.readString(application.resolve(file));
    }

    private static void edit(String file, String from, String to) throws IOException {
        assertTrue(read(file).contains(from));
        Files.writeString(application.resolve(file), read(file).replace(from, to));
    }

    private static boolean exists(String file) {
        return Files.exists(application.resolve(file));
    }

    @Test
    @Order(1)
    void aProjectWithNetworksBuildsTrainsAndTestsThem() throws Exception {
        Maven.Outcome outcome = maven.run(application, "package", trainings);
        assertTrue(outcome.isSuccess(), outcome.text());
        assertTrue(outcome.says("Compiled 2 .nnet files to"), outcome.text());
        assertTrue(outcome.says("demo.Xor: trained, train loss 0.0"), outcome.text());
        assertTrue(outcome.says("Tests run: 2, Failures: 0"), outcome.text());
    }

    @Test
    @Order(2)
    void theJarRunsOnJava17WithNothingButTheRuntime() throws Exception {
        Path java = java17().orElseGet(() -> Assumptions.abort("needs a Java 17"));
        Path runtime = maven.repository().resolve("nnet/nnet-runtime/0.1.0-SNAPSHOT/nnet-runtime-0.1.0-SNAPSHOT.jar");
        Process process = new ProcessBuilder(java.toString(), "-cp", application.resolve("target/application-1.jar") + ":" + runtime,
                "demo.Main", "1", "0")
                .redirectErrorStream(true).start();
        try (InputStream output = process.getInputStream()) {
            assertEquals("1 on Java 17\n", new String(output.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Optional<Path> java17() throws IOException {
        Path homes = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(homes)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(homes)) {
            return folders.filter(home -> home.getFileName().toString().contains("17")).map(home -> home.resolve("bin/java"))
                    .filter(Files::isExecutable).findFirst();
        }
    }

    @Test
    @Order(3)
    void nothingIsDoneWhereNothingChanged() throws Exception {
        Maven.Outcome outcome = maven.run(application, "process-classes", trainings);
        assertTrue(outcome.says("Nothing to compile - all networks are up to date"), outcome.text());
        assertTrue(outcome.says("demo.Xor: trained before, weights taken from the cache"), outcome.text());
    }

    @Test
    @Order(4)
    void anEditCompilesThatNetworkAlone() throws Exception {
        edit("src/main/nnet/demo/double.nnet", "Double(x: [3]) -> [3]", "Double(number: [4]) -> [4]");
        edit("src/main/nnet/demo/double.nnet", "2 * x", "2 * number");
        Maven.Outcome outcome = maven.run(application, "compile");
        assertTrue(outcome.says("Compiled 1 .nnet file to"), outcome.text());
        assertTrue(read("target/generated-sources/nnet/demo/Double.java").contains("predict(float[] number)"));
    }

    @Test
    @Order(5)
    void aRenamedSourceKeepsItsClass() throws Exception {
        Files.move(application.resolve("src/main/nnet/demo/double.nnet"), application.resolve("src/main/nnet/demo/twofold.nnet"));
        Maven.Outcome outcome = maven.run(application, "compile");
        assertTrue(outcome.says("Compiled 1 .nnet file to"), outcome.text());
        assertTrue(exists("target/classes/demo/Double.class"));
        assertTrue(exists("target/classes/demo/twofold.nnet"));
        assertFalse(exists("target/classes/demo/double.nnet"));
    }

    @Test
    @Order(6)
    void anotherCompilerCompilesEverythingAnew() throws Exception {
        maven.upgrade();
        Maven.Outcome outcome = maven.run(application, "compile");
        assertTrue(outcome.says("Compiled 2 .nnet files to"), outcome.text());
    }

    /// The goal is called by its name, as by somebody whose project binds it to no phase.
    @Test
    @Order(7)
    void aCheckSaysWhatIsWrongAndMakesNothing() throws Exception {
        String check = "nnet:nnet-maven-plugin:0.1.0-SNAPSHOT:check";
        assertTrue(maven.run(application, "clean", check).isSuccess());
        edit("src/test/nnet/demo/sum.nnet", "sum(x)", "smu(x)");
        Maven.Outcome outcome = maven.run(application, check);
        edit("src/test/nnet/demo/sum.nnet", "smu(x)", "sum(x)");
        assertFalse(outcome.isSuccess());
        String place = application.resolve("src/test/nnet/demo/sum.nnet").toRealPath() + ":[4,3]";
        assertTrue(outcome.says("[ERROR] " + place + " there is no name `smu`"), outcome.text());
        assertFalse(exists("target/classes"));
    }

    @Test
    @Order(8)
    void aMistakeFailsTheBuildAtFileLineAndColumn() throws Exception {
        edit("src/main/nnet/demo/xor.nnet", "sigmoid)", "sigmiod)");
        Maven.Outcome outcome = maven.run(application, "compile");
        assertFalse(outcome.isSuccess());
        String place = application.resolve("src/main/nnet/demo/xor.nnet").toRealPath() + ":[5,";
        assertTrue(outcome.says("[ERROR] COMPILATION ERROR"), outcome.text());
        assertTrue(outcome.says("[ERROR] " + place + "56] "), outcome.text());
        assertTrue(outcome.says("hint: Did you mean `sigmoid`?"), outcome.text());
        edit("src/main/nnet/demo/xor.nnet", "sigmiod)", "sigmoid)");
    }

    @Test
    @Order(9)
    void aDeletedSourceTakesItsClassWithIt() throws Exception {
        assertTrue(maven.run(application, "compile").isSuccess());
        assertTrue(exists("target/classes/demo/Double.class"));
        Files.delete(application.resolve("src/main/nnet/demo/twofold.nnet"));
        Maven.Outcome outcome = maven.run(application, "compile");
        assertTrue(outcome.isSuccess(), outcome.text());
        try (Stream<Path> left = Files.walk(application.resolve("target"))) {
            assertEquals(0, left.filter(file -> file.getFileName().toString().startsWith("Double")).count());
        }
        assertTrue(exists("target/classes/demo/Xor.class"));
    }

    @Test
    @Order(10)
    void modulesThatAreBuiltAtOnceImportFromEachOther() throws Exception {
        Path workspace = Maven.project("workspace", folder);
        Maven.Outcome outcome = maven.run(workspace, "-T", "2", "compile");
        assertTrue(outcome.isSuccess(), outcome.text());
        assertTrue(Files.exists(workspace.resolve("user/target/classes/user/User.class")));
        assertTrue(Files.exists(workspace.resolve("parts/target/classes/parts/twice.nnet")));
    }

    /// In `package` the other module is a jar already when this one is compiled.
    @Test
    @Order(11)
    void theJarOfADependencyBringsItsNetworks() throws Exception {
        Path workspace = Maven.project("workspace", Files.createDirectories(folder.resolve("packed")));
        Maven.Outcome outcome = maven.run(workspace, "-T", "2", "package");
        assertTrue(outcome.isSuccess(), outcome.text());
        assertTrue(Files.exists(workspace.resolve("user/target/classes/user/User.class")));
        try (JarFile jar = new JarFile(workspace.resolve("parts/target/parts-1.jar").toFile())) {
            assertNotNull(jar.getEntry("parts/twice.nnet"));
        }
    }

    /// Eclipse asks this file what to do for each goal: one that it does not name is an error in the editor.
    @Test
    @Order(12)
    void editorsAreToldAboutEveryGoal() throws Exception {
        Path classes = Repository.ROOT.resolve("maven-plugin/target/classes");
        Set<String> goals = texts(classes.resolve("META-INF/maven/plugin.xml"), "/plugin/mojos/mojo/goal");
        goals.remove("help");
        String execution = "/lifecycleMappingMetadata/pluginExecutions/pluginExecution";
        Path metadata = classes.resolve("META-INF/m2e/lifecycle-mapping-metadata.xml");
        assertEquals(goals, texts(metadata, execution + "/pluginExecutionFilter/goals/goal"));
        assertEquals(Set.of("compile", "test-compile"), texts(metadata, execution + "[action/execute]/pluginExecutionFilter/goals/goal"));
        assertEquals(Set.of("check", "train"), texts(metadata, execution + "[action/ignore]/pluginExecutionFilter/goals/goal"));
    }

    private static Set<String> texts(Path xml, String path) throws Exception {
        Document document = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(xml.toFile());
        NodeList nodes = (NodeList) XPathFactory.newDefaultInstance().newXPath().evaluate(path, document, XPathConstants.NODESET);
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> nodes.item(i).getTextContent().strip())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    @Order(13)
    void whereNoJdkIsNewEnoughTheMessageSaysWhatToDo() throws Exception {
        Maven.Outcome outcome = maven.run(application, "clean", "generate-sources", "-Dnnet.jdk=" + folder);
        assertFalse(outcome.isSuccess());
        assertTrue(outcome.says("nnet.jdk names " + folder + ", which is no JDK 25 or later"), outcome.text());
    }
}

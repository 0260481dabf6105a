package nnet.tests.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import nnet.compiler.Journey;
import nnet.compiler.Texts;
import nnet.compiler.source.Source;
import nnet.runtime.Element;
import nnet.runtime.Manifest;
import nnet.runtime.Network;
import nnet.runtime.Prediction;
import nnet.runtime.Safetensors;
import nnet.runtime.Trainer;
import nnet.runtime.WeightsException;
import nnet.runtime.Workers;
import nnet.tests.place.Repository;
import nnet.trainer.LoadedNetwork;
import nnet.trainer.StandardLibrary;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every `.nnet` file of this folder's resources has a file that `nnet.bench.reference.Main` wrote with libtorch. One step of gradient descent with the rate 1
/// takes the gradient from each parameter, so what is missing afterwards is the gradient.
class ReferenceTest {
    private static final Path FOLDER = Repository.ROOT.resolve("tests/src/test/resources/nnet/tests/reference");

    /// Both sides sum in `f32`, in different orders; sums here have at most some thousand terms of about 1.
    private static final double RELATIVE = 2e-4;

    private static final double ABSOLUTE = 1e-5;

    @TestFactory
    Stream<DynamicTest> equalsLibtorch() {
        List<Path> files = Repository.files(FOLDER, ".nnet");
        assertTrue(files.size() >= 9, "reference files in " + FOLDER);
        return files.stream().map(file -> DynamicTest.dynamicTest(file.getFileName().toString().replace(".nnet", ""), () -> compare(file)));
    }

    private static void compare(Path file) throws IOException {
        Safetensors reference = Safetensors.read(Path.of(file.toString().replace(".nnet", ".safetensors")));
        Network network = network(file);
        assertEquals(names(reference, "parameter."), new TreeSet<>(network.parameters().stream().map(Manifest.Weight::path).toList()));
        for (Manifest.Weight parameter : network.parameters()) {
            network.setParameter(parameter.path(), values(reference, "parameter." + parameter.path()));
        }
        if (network.states().isEmpty()) {
            compareOutput(network, reference);
        }
        try (Trainer trainer = network.trainer(0, Workers.of(1))) {
            int batch = 0;
            for (Manifest.Port port : Stream.concat(network.inputs().stream(), network.targets().stream()).toList()) {
                float[] values = values(reference, "input." + port.name());
                batch = reference.shape("input." + port.name())[0];
                fill(trainer, port, values, batch);
            }
            close(values(reference, "loss"), new float[]{trainer.step(batch)}, "loss");
        }
        for (Manifest.Weight parameter : network.parameters()) {
            float[] start = values(reference, "parameter." + parameter.path());
            float[] end = network.parameter(parameter.path());
            float[] gradient = new float[start.length];
            for (int i = 0; i < start.length; i++) {
                gradient[i] = start[i] - end[i];
            }
            close(values(reference, "gradient." + parameter.path()), gradient, "gradient of " + parameter.path());
        }
    }

    private static void compareOutput(Network network, Safetensors reference) throws WeightsException {
        Prediction prediction = network.prediction();
        int batch = 0;
        for (int i = 0; i < network.inputs().size(); i++) {
            Manifest.Port port = network.inputs().get(i);
            float[] values = values(reference, "input." + port.name());
            batch = reference.shape("input." + port.name())[0];
            if (port.element() == Element.F32) {
                prediction.input(i, values);
            } else {
                prediction.input(i, integers(values));
            }
        }
        float[] output = new float[reference.size("output")];
        prediction.output(0, output).run(batch);
        close(values(reference, "output"), output, "output");
    }

    private static void fill(Trainer trainer, Manifest.Port port, float[] values, int batch) {
        if (port.element() == Element.F32) {
            System.arraycopy(values, 0, trainer.floats(port.name(), batch), 0, values.length);
        } else {
            System.arraycopy(integers(values), 0, trainer.ints(port.name(), batch), 0, values.length);
        }
    }

    private static Network network(Path file) throws IOException {
        Texts texts = new Texts(new Source(file.toString(), Files.readString(file)), List.of(), StandardLibrary.sources(), Map.of());
        LoadedNetwork.Outcome outcome = LoadedNetwork.compile(texts, Journey.SILENT);
        return outcome.network().orElseThrow(() -> new AssertionError(file + ": " + outcome.diagnostics())).create(0);
    }

    private static TreeSet<String> names(Safetensors file, String prefix) {
        TreeSet<String> names = new TreeSet<>();
        for (String name : file.names()) {
            if (name.startsWith(prefix)) {
                names.add(name.substring(prefix.length()));
            }
        }
        return names;
    }

    private static float[] values(Safetensors file, String name) throws WeightsException {
        float[] values = new float[file.size(name)];
        file.copy(name, values, 0);
        return values;
    }

    private static int[] integers(float[] values) {
        int[] integers = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            integers[i] = (int) values[i];
        }
        return integers;
    }

    private static void close(float[] expected, float[] actual, String what) {
        assertEquals(expected.length, actual.length, what);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], ABSOLUTE + RELATIVE * Math.abs(expected[i]), what + "[" + i + "]");
        }
    }
}

package nnet.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.nio.file.Files;
import java.nio.file.Path;
import nnet.runtime.Network;
import nnet.runtime.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NncTest {

    private static final String XOR = """
            package a

            network Xor(bits: [2]) -> [1] {
              bits -> Dense(8, tanh) -> Dense(1, sigmoid)
            }
            """;

    private final Nnc xor = Nnc.compile(XOR);

    private static float predict(Network network) {
        float[] y = new float[1];
        network.prediction().input(0, new float[]{0, 1}).output(0, y).run(1);
        return y[0];
    }

    @Test
    void aTextBecomesAClassThatPredicts() {
        Network network = xor.create(1);
        assertEquals("a.Xor", network.name());
        assertEquals("a.Xor", xor.type().getName());
        assertTrue(predict(network) > 0 && predict(network) < 1);
    }

    @Test
    void aMistakeIsShownWithItsPlace() {
        String message = assertThrows(MistakesException.class, () -> Nnc.compile(XOR.replace("tanh", "tan"))).getMessage();
        assertTrue(message.contains("source:4:20"), message);
        assertTrue(message.contains("Did you mean `tanh`?"), message);
    }

    @Test
    void ofSeveralNetworksOneIsNamed(@TempDir Path folder) throws IOException {
        String both = XOR + "network Sum(x: [2]) -> [1] { sum(x, keep: true) }\n";
        assertEquals("a.Xor", Nnc.compile(both, "Xor").type().getName());
        assertEquals(1, predict(Nnc.compile(Files.writeString(folder.resolve("both.nnet"), both), "Sum").create(0)));
        assertTrue(assertThrows(MistakesException.class, () -> Nnc.compile(both)).getMessage().contains("several networks: Xor, Sum"));
    }

    @Test
    void weightsAreLoadedFromAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("xor.safetensors");
        Network network = xor.create(1);
        network.save(file);
        assertEquals(predict(network), predict(xor.load(file)));
    }

    @Test
    void aFileIsCompiledWithItsImports(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("twice.nnet"), "layer Twice(x: [n]) -> [n] { 2 * x }\n");
        Path file = Files.writeString(folder.resolve("two.nnet"),
                "import Twice\nnetwork Two(x: [2]) -> [1] { sum(x -> Twice, axis: 0, keep: true) }\n");
        assertEquals(2, predict(Nnc.compile(file).create(0)));
    }

    /// As Spark and Flink do it: the reader finds classes by a loader of its own.
    @Test
    void serialisationTakesTheWeightsToAnotherClassLoader() throws Exception {
        Network network = xor.create(1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(network);
        }
        ClassLoader elsewhere = Nnc.compile(XOR).type().getClassLoader();
        Network copy = (Network) new Reader(new ByteArrayInputStream(bytes.toByteArray()), elsewhere).readObject();
        assertEquals(elsewhere, copy.getClass().getClassLoader());
        network.parameters().forEach(weight -> assertArrayEquals(network.parameter(weight.path()), copy.parameter(weight.path())));
        assertEquals(predict(network), predict(copy));
    }

    private static final class Reader extends ObjectInputStream {

        private final ClassLoader loader;

        Reader(InputStream in, ClassLoader loader) throws IOException {
            super(in);
            this.loader = loader;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass type) throws ClassNotFoundException {
            return Class.forName(type.getName(), false, loader);
        }
    }

    @Test
    void aStepOnOneInputIsRefusedWhereTheNetworkTakesTwo() {
        Network sum = Nnc.compile("""
                network Sum(x: [1], y: [1]) -> [1] { concat([x, y]) -> Dense(1) }
                train Sum { loss = mean_squared_error; optimizer = Adam }
                """).create(0);
        float[] one = {1};
        try (Trainer trainer = sum.trainer()) {
            String refusal = assertThrows(IllegalArgumentException.class, () -> trainer.step(one, one, 1)).getMessage();
            assertTrue(refusal.contains("[x: f32[1], y: f32[1]]"), refusal);
            assertEquals(0, trainer.steps());
        }
    }

    @Test
    void aNetworkIsWarmedUpBeforeItIsNeeded() {
        Network network = xor.create(1);
        float before = predict(network);
        network.warmUp();
        assertEquals(before, predict(network));
    }
}

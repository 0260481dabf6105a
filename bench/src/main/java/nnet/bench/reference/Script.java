package nnet.bench.reference;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A function of libtorch for which DJL has no method: an expression in TorchScript, packed as `torch.jit.save` packs a module without parameters, so that libtorch reads,
/// runs and differentiates it ("TorchScript serialization" in PyTorch's documentation).
final class Script {
    private static final String TYPE = "__torch__";
    private static final String NAME = "Script";

    /// Pickles, of protocol 2: the module, whose only attribute says that it is being trained, and the constants, of which there are none.
    private static final String MODULE = "\u0080\u0002c" + TYPE + "\n" + NAME + "\n)\u0081}(X\u0008\u0000\u0000\u0000training\u0088ub.";
    private static final String CONSTANTS = "\u0080\u0002).";

    private final List<String> names = new ArrayList<>();
    private final NDList values = new NDList();

    /// An argument by the name that it has in the expression.
    Script with(String name, NDArray value) {
        names.add(name + ": Tensor");
        values.add(value);
        return this;
    }

    /// The value of the expression.
    NDArray run(String expression) {
        String code = """
                class %1$s(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                  def forward(self: %2$s.%1$s, %3$s) -> Tensor:
                    return %4$s
                """.formatted(NAME, TYPE, String.join(", ", names), expression);
        try (Model model = Model.newInstance(NAME, "PyTorch")) {
            model.load(new ByteArrayInputStream(archive(code)));
            var none = new ParameterStore(values.getManager(), false);
            return model.getBlock().forward(none, values, true).singletonOrThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedModelException e) {
            throw new IllegalStateException(code, e);
        }
    }

    private static byte[] archive(String code) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            put(zip, "data.pkl", MODULE);
            put(zip, "code/" + TYPE + ".py", code);
            put(zip, "constants.pkl", CONSTANTS);
            put(zip, "version", "10\n");
        }
        return bytes.toByteArray();
    }

    /// Each character is one byte.
    private static void put(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry("archive/" + name));
        zip.write(content.getBytes(StandardCharsets.ISO_8859_1));
        zip.closeEntry();
    }
}

package nnet.bench;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A network of dense layers as an ONNX file: the few messages of its protocol buffers that this needs (field numbers from `onnx.proto3`, the kind of a field in
/// the lowest three bits of its tag).
final class OnnxModel {
    private static final int IR_VERSION = 8;
    private static final int OPERATORS = 17;
    private static final int FLOAT = 1;
    private static final int VARINT = 0;
    private static final int BYTES = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private OnnxModel() {}

    /// ModelProto: ir_version 1, graph 7, opset_import 8.
    static byte[] of(InferenceTask task) {
        return new OnnxModel().number(1, IR_VERSION).message(7, graph(task)).message(8, new OnnxModel().number(2, OPERATORS)).bytes();
    }

    /// GraphProto: node 1, name 2, initializer 5, input 11, output 12. Each layer is a `Gemm`.
    private static OnnxModel graph(InferenceTask task) {
        OnnxModel graph = new OnnxModel().text(2, task.network());
        List<OnnxModel> tensors = new ArrayList<>();
        String last = "x";
        for (int layer = 0; layer < task.layers(); layer++) {
            String weight = "w" + layer;
            String bias = "b" + layer;
            String sum = "sum" + layer;
            boolean isLast = layer == task.layers() - 1;
            tensors.add(tensor(weight, task.weights()[2 * layer], task.widths()[layer], task.widths()[layer + 1]));
            tensors.add(tensor(bias, task.weights()[2 * layer + 1], task.widths()[layer + 1]));
            graph.message(1, node("Gemm", sum, last, weight, bias));
            last = isLast ? "y" : "relu" + layer;
            graph.message(1, node(isLast ? "Softmax" : "Relu", last, sum));
        }
        tensors.forEach(tensor -> graph.message(5, tensor));
        return graph.message(11, port("x", task.batch(), task.inputs())).message(12, port("y", task.batch(), task.outputs()));
    }

    /// NodeProto: input 1, output 2, op_type 4.
    private static OnnxModel node(String operator, String output, String... inputs) {
        OnnxModel node = new OnnxModel();
        for (String input : inputs) {
            node.text(1, input);
        }
        return node.text(2, output).text(4, operator);
    }

    /// TensorProto: dims 1, data_type 2, name 8, raw_data 9.
    private static OnnxModel tensor(String name, float[] values, int... shape) {
        OnnxModel tensor = new OnnxModel();
        for (int size : shape) {
            tensor.number(1, size);
        }
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return tensor.number(2, FLOAT).text(8, name).field(9, raw.array());
    }

    /// ValueInfoProto: name 1, type 2; TypeProto: tensor_type 1; Tensor: elem_type 1, shape 2; TensorShapeProto: dim 1; Dimension: dim_value 1.
    private static OnnxModel port(String name, int... shape) {
        OnnxModel sizes = new OnnxModel();
        for (int size : shape) {
            sizes.message(1, new OnnxModel().number(1, size));
        }
        OnnxModel tensor = new OnnxModel().number(1, FLOAT).message(2, sizes);
        return new OnnxModel().text(1, name).message(2, new OnnxModel().message(1, tensor));
    }

    private OnnxModel message(int field, OnnxModel content) {
        return field(field, content.bytes());
    }

    private OnnxModel text(int field, String content) {
        return field(field, content.getBytes(StandardCharsets.UTF_8));
    }

    private OnnxModel field(int field, byte[] content) {
        varint(field << 3 | BYTES);
        varint(content.length);
        out.writeBytes(content);
        return this;
    }

    private OnnxModel number(int field, int value) {
        varint(field << 3 | VARINT);
        varint(value);
        return this;
    }

    /// Seven bits a byte, the lowest first; the eighth says that more follow.
    private void varint(int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private byte[] bytes() {
        return out.toByteArray();
    }
}

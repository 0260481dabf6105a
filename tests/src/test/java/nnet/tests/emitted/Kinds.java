package nnet.tests.emitted;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nnet.compiler.emit.Description;
import nnet.compiler.emit.NetworkClass;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopReader;
import nnet.compiler.schedule.Target;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// Networks without parameters that have inputs and outputs of every kind, given as loop programs.
final class Kinds {

    private static final String NOTHING = """
            program initialize()
            """;

    /// A color of three: the one that `shift` says has the score `x[1]`, the others `x[0]`.
    private static final String ONE_OUTPUT = """
            program infer(batch)
            storage 0 "x": f32[2*batch] data
            storage 1 "shift": i32[batch] data
            storage 2 "warm_color": f32[3*batch] data

            kernel 0 score(x.0: f32, shift.1: i32, scores.2: f32) symbols batch.2
            parallel row.0 = 0 to batch.2 cost 3 {
                for k.1 = 0 to 3 step 1 {
                    scores.2[row.0 * 3 + k.1] = select(k.1 == shift.1[row.0], x.0[row.0 * 2 + 1], x.0[row.0 * 2])
                }
            }

            call 0(read 0, read 1, write 2)
            """;

    private static final String TWO_OUTPUTS = """
            program infer(batch)
            storage 0 "x": f32[batch] data
            storage 1 "half": f32[batch] data
            storage 2 "is_large": f32[2*batch] data

            kernel 0 both(x.0: f32, half.1: f32, large.2: f32) symbols batch.1
            parallel row.0 = 0 to batch.1 cost 3 {
                half.1[row.0] = x.0[row.0] * 0.5
                large.2[row.0 * 2] = 10.0
                large.2[row.0 * 2 + 1] = x.0[row.0]
            }

            call 0(read 0, write 1, write 2)
            """;

    private Kinds() {
    }

    static Map<String, byte[]> oneOutput() {
        return classes(ONE_OUTPUT, new Description("nnet.tests.made.OneOutput", "", "0",
                List.of(new Description.Port("x", TensorType.f32(2), 0, ""),
                        new Description.Port("shift", TensorType.scalar(ElementType.I32), 3, "")),
                List.of(new Description.Port("warm_color", TensorType.f32(3), 3, "")), List.of(), List.of(), List.of()));
    }

    static Map<String, byte[]> twoOutputs() {
        return classes(TWO_OUTPUTS, new Description("nnet.tests.made.TwoOutputs", "", "0",
                List.of(new Description.Port("x", TensorType.f32(), 0, "")),
                List.of(new Description.Port("half", TensorType.f32(), 0, ""), new Description.Port("is_large", TensorType.f32(2), 2, "")),
                List.of(), List.of(), List.of()));
    }

    private static Map<String, byte[]> classes(String infer, Description network) {
        LinkedHashMap<Target, List<LoopProgram>> programs = new LinkedHashMap<>();
        programs.put(Target.SCALAR, List.of(LoopReader.read(NOTHING), LoopReader.read(infer)));
        return NetworkClass.emit(network, programs);
    }
}

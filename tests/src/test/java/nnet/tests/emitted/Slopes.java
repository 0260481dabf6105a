package nnet.tests.emitted;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nnet.compiler.emit.Description;
import nnet.compiler.emit.NetworkClass;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopReader;
import nnet.compiler.schedule.Target;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// A small network given as loop programs: `y = slope * x + shift` for two slopes and a shift, squared loss, gradient descent with the rate 0.1.
final class Slopes {

    private static final String INITIALIZE = """
            program initialize()
            storage 0 "key": i32[3] control
            storage 1 "slope": f32[2] parameter
            storage 2 "shift": f32[1] parameter

            kernel 0 fill(key.0: i32, slope.1: f32, shift.2: f32)
            parallel i.0 = 0 to 1 cost 0 {
                slope.1[0] = f32(key.0[0])
                slope.1[1] = 0.0
                shift.2[0] = f32(key.0[1])
            }

            call 0(read 0, write 1, write 2)
            """;

    private static final String INFER = """
            program infer(batch)
            storage 0 "x": f32[2*batch] data
            storage 1 "slope": f32[2] parameter
            storage 2 "shift": f32[1] parameter
            storage 3 "scaled": f32[2*batch] slot 0 from 0
            storage 4 "y": f32[2*batch] data

            kernel 0 scale(x.0: f32, slope.1: f32, y.2: f32)
            parallel row.0 = 0 to batch.1 cost 2 {
                y.2[row.0 * 2] = x.0[row.0 * 2] * slope.1[0]
                y.2[row.0 * 2 + 1] = x.0[row.0 * 2 + 1] * slope.1[1]
            }

            kernel 1 shift(x.0: f32, shift.1: f32, y.2: f32)
            parallel row.0 = 0 to 2 * batch.1 cost 1 {
                y.2[row.0] = x.0[row.0] + shift.1[0]
            }

            call 0(read 0, read 1, write 3)
            call 1(read 3, read 2, write 4)
            """.replace("y.2: f32)", "y.2: f32) symbols batch.1");

    private static final String GRADIENT = """
            program gradient(batch)
            storage 0 "x": f32[2*batch] data
            storage 1 "truth": f32[2*batch] data
            storage 2 "slope": f32[2] parameter
            storage 3 "shift": f32[1] parameter
            storage 4 "slope": f32[2] gradient
            storage 5 "shift": f32[1] gradient
            storage 6 "loss": f32[1] result

            kernel 0 all(x.0: f32, truth.1: f32, slope.2: f32, shift.3: f32, slope_gradient.4: f32, shift_gradient.5: f32, loss.6: f32) symbols batch.9
            parallel i.0 = 0 to 1 cost 0 {
                var loss.1: f32 = 0.0
                var both.2: f32 = 0.0
                for k.3 = 0 to 2 step 1 {
                    var sum.4: f32 = 0.0
                    for row.5 = 0 to batch.9 step 1 {
                        let x.6: f32 = x.0[row.5 * 2 + k.3]
                        let error.7: f32 = x.6 * slope.2[k.3] + shift.3[0] - truth.1[row.5 * 2 + k.3]
                        loss.1 = loss.1 + error.7 * error.7
                        sum.4 = sum.4 + 2.0 * error.7 * x.6
                        both.2 = both.2 + 2.0 * error.7
                    }
                    slope_gradient.4[k.3] = sum.4 / f32(batch.9)
                }
                shift_gradient.5[0] = both.2 / f32(batch.9)
                loss.6[0] = loss.1 / f32(batch.9)
            }

            call 0(read 0, read 1, read 2, read 3, write 4, write 5, write 6)
            """;

    private static final String UPDATE = """
            program update()
            storage 0 "parameters": f32[3] parameter
            storage 1 "gradient": f32[3] gradient

            kernel 0 descend(w.0: f32, g.1: f32)
            parallel i.0 = 0 to 3 cost 2 {
                w.0[i.0] = w.0[i.0] - 0.1 * g.1[i.0]
            }

            call 0(read_write 0, read 1)
            """;

    private Slopes() {
    }

    static List<LoopProgram> programs() {
        return Stream.of(INITIALIZE, INFER, GRADIENT, UPDATE).map(LoopReader::read).toList();
    }

    static Description description() {
        return new Description("nnet.tests.made.Slopes", "Two lines with one intercept. Ends here: */", "0",
                List.of(new Description.Port("x", TensorType.f32(2), 0, "metres")),
                List.of(new Description.Port("y", TensorType.f32(2), 0, "")),
                List.of(new Description.Port("truth", TensorType.f32(2), 0, "")),
                List.of(new Description.Weight("slope", Shape.of(2), true), new Description.Weight("shift", Shape.of(1), true)), List.of());
    }

    static Map<String, byte[]> classes() {
        LinkedHashMap<Target, List<LoopProgram>> programs = new LinkedHashMap<>();
        programs.put(Target.SCALAR, programs());
        return NetworkClass.emit(description(), programs);
    }
}

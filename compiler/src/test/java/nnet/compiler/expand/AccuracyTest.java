package nnet.compiler.expand;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Function;
import nnet.compiler.loop.Kernel;
import nnet.compiler.loop.LoopInterpreter;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopProgram.Access;
import nnet.compiler.loop.LoopProgram.Argument;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.LoopProgram.Storage;
import nnet.compiler.loop.Memory;
import nnet.compiler.loop.Offset;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Measures every function over all binades (subnormal, infinite and NaN arguments among them) against double precision. The bounds are what the
/// comments of the functions claim.
@DisplayName("Functions written out as arithmetic are accurate")
class AccuracyTest {

    /// Arguments of one binade: odd steps, so that the low bits of the mantissa vary.
    private static final int STEP = 4099;

    private record Claim(double ulps, DoubleUnaryOperator reference) {
    }

    private static Claim claim(Function function) {
        return switch (function) {
            case EXP -> new Claim(1.0, Math::exp);
            case EXPM1 -> new Claim(1.4, Math::expm1);
            case LOG -> new Claim(1.0, Math::log);
            case LOG1P -> new Claim(1.4, Math::log1p);
            case TANH -> new Claim(4, Math::tanh);
            case SIGMOID -> new Claim(2.5, x -> 1 / (1 + Math.exp(-x)));
            case SOFTPLUS -> new Claim(2.5, x -> x > 40 ? x : Math.log1p(Math.exp(x)));
            case ERF -> new Claim(5.5, Erf::erf);
            case SIN -> new Claim(1.5, x -> Math.abs(x) > 1e6 ? Double.NaN : Math.sin(x));
            case COS -> new Claim(1.5, x -> Math.abs(x) > 1e6 ? Double.NaN : Math.cos(x));
        };
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Function.class)
    void errorStaysWithinItsClaim(Function function) {
        Claim claim = claim(function);
        float[] x = arguments();
        float[] y = apply(function, x);
        double worst = 0;
        float where = 0;
        for (int i = 0; i < x.length; i++) {
            double error = ulps(y[i], claim.reference.applyAsDouble(x[i]));
            if (!(error <= worst)) {
                worst = error;
                where = x[i];
            }
        }
        assertTrue(worst <= claim.ulps, function + ": " + worst + " ulp at " + where);
    }

    /// Results that a function may flush to zero are counted as right when they are zero.
    private static final double FLUSHED = 0x1p-125;

    private static double ulps(float actual, double expected) {
        if (Double.isNaN(expected) || Double.isInfinite((float) expected) || Float.isInfinite(actual)) {
            return Float.compare(actual, (float) expected) == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        if (Math.abs(expected) < FLUSHED && actual == 0) {
            return 0;
        }
        return Math.abs(actual - expected) / Math.ulp((float) expected);
    }

    private static float[] arguments() {
        int perSign = (Float.floatToIntBits(Float.POSITIVE_INFINITY) / STEP) + 1;
        float[] x = new float[2 * perSign + 6];
        for (int i = 0; i < perSign; i++) {
            x[2 * i] = Float.intBitsToFloat(i * STEP);
            x[2 * i + 1] = -x[2 * i];
        }
        float[] special = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1, -1, Float.MIN_VALUE};
        System.arraycopy(special, 0, x, 2 * perSign, special.length);
        return x;
    }

    private static float[] apply(Function function, float[] x) {
        LoopProgram program = Expand.expand(map(function, x.length));
        Memory memory = Memory.of(program, Map.of());
        System.arraycopy(x, 0, memory.f32(program.storages().get(0)), 0, x.length);
        LoopInterpreter.run(program, memory);
        return memory.f32(program.storages().get(1));
    }

    /// `for (i < n) y[i] = function(x[i])`
    static LoopProgram map(Function function, int n) {
        Buffer x = new Buffer(0, "x", ElementType.F32, Optional.empty());
        Buffer y = new Buffer(1, "y", ElementType.F32, Optional.empty());
        Variable i = new Variable(0, "i", ElementType.I32);
        Variable j = new Variable(1, "j", ElementType.I32);
        Stmt store = new Stmt.Store(y, Expr.read(j), new Expr.Call(function, new Expr.Load(x, Expr.read(j))));
        Stmt loop = new Stmt.Vector(j, Expr.i32(0), Expr.i32(n), 16, List.of(store));
        Kernel kernel = new Kernel("map", List.of(x, y), List.of(), i, Expr.i32(1), Expr.i32(n), List.of(loop));
        Storage in = new Storage(0, "x", ElementType.F32, Dim.of(n), Optional.empty(), Optional.empty());
        Storage out = new Storage(1, "y", ElementType.F32, Dim.of(n), Optional.empty(), Optional.empty());
        List<Argument> arguments = List.of(new Argument(in, Offset.ZERO, Access.READ), new Argument(out, Offset.ZERO, Access.WRITE));
        return new LoopProgram("map", List.of(), List.of(in, out), List.of(new KernelCall(kernel, arguments, Span.NONE)));
    }
}

package nnet.compiler.check;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import nnet.compiler.tensor.Abs;
import nnet.compiler.tensor.Cos;
import nnet.compiler.tensor.Erf;
import nnet.compiler.tensor.Exp;
import nnet.compiler.tensor.Expm1;
import nnet.compiler.tensor.Floor;
import nnet.compiler.tensor.Log;
import nnet.compiler.tensor.Log1p;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Sigmoid;
import nnet.compiler.tensor.Sign;
import nnet.compiler.tensor.Sin;
import nnet.compiler.tensor.Softplus;
import nnet.compiler.tensor.Sqrt;
import nnet.compiler.tensor.Tanh;

/// Functions of each element. Of a known number the result is known too, by `StrictMath`, so that it is the same everywhere.
final class ElementBuiltins {

    private ElementBuiltins() {
    }

    static List<Builtin> all() {
        return List.of(
                map("exp", new Exp(), StrictMath::exp),
                map("expm1", new Expm1(), StrictMath::expm1),
                map("log", new Log(), StrictMath::log),
                map("log1p", new Log1p(), StrictMath::log1p),
                map("sqrt", new Sqrt(), StrictMath::sqrt),
                map("sin", new Sin(), StrictMath::sin),
                map("cos", new Cos(), StrictMath::cos),
                map("tanh", new Tanh(), StrictMath::tanh),
                map("sigmoid", new Sigmoid(), x -> 1 / (1 + StrictMath.exp(-x))),
                map("softplus", new Softplus(), x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)))),
                Builtin.of("erf", "x", site -> tensor(site, new Erf())),
                Builtin.of("abs", "x",
                        site -> site.value("x") instanceof Datum.Whole(long x)
                                ? new Datum.Whole(Math.abs(x))
                                : fold(site, new Abs(), Math::abs)),
                Builtin.of("sign", "x",
                        site -> site.value("x") instanceof Datum.Whole(long x)
                                ? new Datum.Whole(Long.signum(x))
                                : fold(site, new Sign(), Math::signum)),
                Builtin.of("floor", "x", ElementBuiltins::floor),
                Builtin.of("where", "condition a b",
                        site -> site.evaluator().operators().select(site.value("condition"), site.value("a"), site.value("b"),
                                site.span())));
    }

    private static Builtin map(String name, Op op, DoubleUnaryOperator known) {
        return Builtin.of(name, "x", site -> fold(site, op, known));
    }

    private static Datum fold(Site site, Op op, DoubleUnaryOperator known) {
        Datum x = site.value("x");
        return Arithmetic.isNumber(x) ? new Datum.Real(known.applyAsDouble(Arithmetic.real(x))) : tensor(site, op);
    }

    private static Datum tensor(Site site, Op op) {
        return site.real("x").map(x -> (Datum) new Datum.Tensor(site.emit(op, x))).orElse(new Datum.Unknown());
    }

    /// The floor of a known number is whole, so that it can be a size.
    private static Datum floor(Site site) {
        return switch (site.value("x")) {
            case Datum.Whole whole -> whole;
            case Datum.Real(double x) -> new Datum.Whole((long) StrictMath.floor(x));
            default -> tensor(site, new Floor());
        };
    }
}

package nnet.compiler.tensor;

import java.util.List;
import nnet.compiler.loop.Expr;

/// An operation on each element alone; operands have equal shapes. Its batching rule is to broadcast what is not batched.
public sealed interface Elementwise extends Op
        permits Negate, Exp, Expm1, Log, Log1p, Sqrt, Tanh, Sigmoid, Softplus, Erf, Sin, Cos, Abs, Sign, Floor, Not, Add, Subtract,
        Multiply, Divide, Power, Minimum, Maximum, Remainder, Compare, And, Or, Select, Convert {

    /// The meaning for one element, in double precision; booleans are 0 and 1.
    double scalar(double... operands);

    /// The meaning for one element as a loop expression of the given element type.
    Expr loop(List<Expr> operands);
}

package nnet.compiler.expand;

import static nnet.compiler.expand.Lets.abs;
import static nnet.compiler.expand.Lets.add;
import static nnet.compiler.expand.Lets.divide;
import static nnet.compiler.expand.Lets.fma;
import static nnet.compiler.expand.Lets.less;
import static nnet.compiler.expand.Lets.negate;
import static nnet.compiler.expand.Lets.polynomial;
import static nnet.compiler.expand.Lets.select;

import nnet.compiler.loop.Expr;

/// `sigmoid` and its integral `softplus`.
final class Logistic {

    /// log(1 + z) / z on [0, 1], minimax with relative error 5.2e-9.
    private static final double[] LOG1P = {1, -0.4999993145465851, 0.3333047032356262, -0.24958156049251556, 0.19693192839622498,
        -0.15349097549915314,
        0.10670012980699539, -0.05756152793765068, 0.020150333642959595, -0.003306539496406913};

    private Logistic() {
    }

    /// 1 / (1 + e^-x). Error at most 2.5 ulp.
    static Expr sigmoid(Expr x, Lets lets) {
        Expr e = lets.let("e", Exponential.exp(lets.let("m", negate(x)), lets));
        return divide(Expr.f32(1), lets.let("q", add(e, Expr.f32(1))));
    }

    /// log(1 + e^x) = max(x, 0) + log(1 + e^-|x|). Error at most 2.5 ulp; 0 below -86.99.
    static Expr softplus(Expr x, Lets lets) {
        Expr z = lets.let("z", Exponential.expOfNegative(lets.let("m", negate(abs(x))), lets));
        Expr positive = lets.let("m", select(less(Expr.f32(0), x), x, Expr.f32(0)));
        return fma(z, lets.let("p", polynomial(z, LOG1P)), positive);
    }
}

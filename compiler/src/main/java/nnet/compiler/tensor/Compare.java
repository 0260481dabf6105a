package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// a < b and the like; the result is `bool`
public record Compare(Relation relation) implements Binary {

    public enum Relation {
        EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL;

        boolean holds(double a, double b) {
            return switch (this) {
                case EQUAL -> a == b;
                case NOT_EQUAL -> a != b;
                case LESS -> a < b;
                case LESS_EQUAL -> a <= b;
                case GREATER -> a > b;
                case GREATER_EQUAL -> a >= b;
            };
        }
    }

    @Override
    public String mnemonic() {
        return "compare";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        Require.same(this, operands, ElementType.values());
        return ElementType.BOOL;
    }

    /// Truth has no slope.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Value a, Value b, Value y, Value dy) {
        return List.of(Optional.empty(), Optional.empty());
    }

    @Override
    public double scalar(double a, double b) {
        return relation.holds(a, b) ? 1 : 0;
    }

    @Override
    public Expr loop(Expr a, Expr b) {
        return switch (relation) {
            case EQUAL -> new Expr.Binary(BinaryOp.EQUAL, a, b);
            case NOT_EQUAL -> new Expr.Binary(BinaryOp.NOT_EQUAL, a, b);
            case LESS -> new Expr.Binary(BinaryOp.LESS, a, b);
            case LESS_EQUAL -> new Expr.Binary(BinaryOp.LESS_EQUAL, a, b);
            case GREATER -> new Expr.Binary(BinaryOp.LESS, b, a);
            case GREATER_EQUAL -> new Expr.Binary(BinaryOp.LESS_EQUAL, b, a);
        };
    }
}

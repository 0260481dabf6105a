package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// the same values in another element type: int to float rounds to nearest, float to int truncates towards zero, bool is 0 or 1
public record Convert(ElementType element) implements Unary {

    @Override
    public String mnemonic() {
        return "convert";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return element;
    }

    /// d(convert a) = convert da; whole numbers and truth have no slope
    @Override
    public Optional<Value> pullback(Builder builder, Value a, Value y, Value dy) {
        TensorType from = a.type();
        boolean flows = from.element().isFloating() && element.isFloating();
        return flows ? Optional.of(builder.add(new Convert(from.element()), dy)) : Optional.empty();
    }

    @Override
    public double scalar(double a) {
        return switch (element) {
            case F32, F64 -> a;
            case I32 -> (int) a;
            case BOOL -> a != 0 ? 1 : 0;
        };
    }

    @Override
    public Expr loop(Expr a) {
        boolean isTruth = element == ElementType.BOOL && a.type() != ElementType.BOOL;
        return isTruth ? new Expr.Binary(Expr.BinaryOp.NOT_EQUAL, a, new Expr.Literal(a.type(), 0)) : new Expr.Convert(element, a);
    }
}

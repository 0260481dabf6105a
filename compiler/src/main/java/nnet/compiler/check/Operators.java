package nnet.compiler.check;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import nnet.compiler.model.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Expression;
import nnet.compiler.syntax.Expression.BinaryOperator;
import nnet.compiler.syntax.Expression.UnaryOperator;
import nnet.compiler.tensor.Add;
import nnet.compiler.tensor.And;
import nnet.compiler.tensor.Compare;
import nnet.compiler.tensor.Compare.Relation;
import nnet.compiler.tensor.Divide;
import nnet.compiler.tensor.Multiply;
import nnet.compiler.tensor.Negate;
import nnet.compiler.tensor.Not;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Or;
import nnet.compiler.tensor.Power;
import nnet.compiler.tensor.Remainder;
import nnet.compiler.tensor.Select;
import nnet.compiler.tensor.Sqrt;
import nnet.compiler.tensor.Subtract;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Operators over known values, which are computed, and over tensors, which become steps. Shapes broadcast from the right.
final class Operators {

    private static final int MOST_JOINED = 1_000_000;

    private final Evaluator evaluator;

    Operators(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    Datum unary(UnaryOperator operator, Datum operand, Span span) {
        return switch (operator) {
            case NEGATE -> switch (operand) {
                case Datum.Unknown unknown -> unknown;
                case Datum.Whole(long value) -> new Datum.Whole(-value);
                case Datum.Real(double value) -> new Datum.Real(-value);
                case Datum.Tensor(Variable variable) when variable.type().element() != ElementType.BOOL ->
                    emit(span, new Negate(), variable);
                default -> unfit(span, "-", operand);
            };
            case NOT -> switch (operand) {
                case Datum.Unknown unknown -> unknown;
                case Datum.Truth(boolean value) -> new Datum.Truth(!value);
                case Datum.Tensor(Variable variable) when variable.type().element() == ElementType.BOOL -> emit(span, new Not(), variable);
                default -> unfit(span, "not", operand);
            };
        };
    }

    Datum binary(Expression.Binary binary, Scope scope) {
        Datum left = evaluator.evaluate(binary.left(), scope);
        boolean decided = left instanceof Datum.Truth(boolean value)
                && (binary.operator() == BinaryOperator.AND && !value || binary.operator() == BinaryOperator.OR && value);
        return decided ? left : binary(binary.operator(), left, evaluator.evaluate(binary.right(), scope), binary.span());
    }

    Datum binary(BinaryOperator operator, Datum left, Datum right, Span span) {
        if (left instanceof Datum.Unknown || right instanceof Datum.Unknown) {
            return new Datum.Unknown();
        }
        if (left instanceof Datum.Tensor || right instanceof Datum.Tensor) {
            return tensors(operator, left, right, span);
        }
        if (Arithmetic.isNumber(left) && Arithmetic.isNumber(right)) {
            return new Arithmetic(evaluator.report(), span).binary(operator, left, right);
        }
        if (left instanceof Datum.Truth(boolean a) && right instanceof Datum.Truth(boolean b)
                && (operator == BinaryOperator.AND || operator == BinaryOperator.OR)) {
            return new Datum.Truth(operator == BinaryOperator.AND ? a && b : a || b);
        }
        return switch (operator) {
            case EQUAL -> new Datum.Truth(left.equals(right));
            case NOT_EQUAL -> new Datum.Truth(!left.equals(right));
            case ADD -> join(left, right, span);
            case OR, AND, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, MATRIX, POWER ->
                unfit(span, operator.text, left, right);
        };
    }

    private static long length(Datum datum) {
        return switch (datum) {
            case Datum.Listing(List<Datum> elements) -> elements.size();
            case Datum.Text(String text) -> text.length();
            default -> 0;
        };
    }

    /// Lists and texts are put one after the other.
    private Datum join(Datum left, Datum right, Span span) {
        if (length(left) + length(right) > MOST_JOINED) {
            return evaluator.report().add(new LimitProblem.Overflow(span, "the length of this"));
        }
        if (left instanceof Datum.Listing(List<Datum> first) && right instanceof Datum.Listing(List<Datum> second)) {
            return new Datum.Listing(Stream.concat(first.stream(), second.stream()).toList());
        }
        if (left instanceof Datum.Text(String first) && right instanceof Datum.Text(String second)) {
            return new Datum.Text(first + second);
        }
        return unfit(span, "+", left, right);
    }

    private Datum tensors(BinaryOperator operator, Datum left, Datum right, Span span) {
        return switch (operator) {
            case MATRIX -> new Products(evaluator).product(left, right, span);
            case POWER -> power(left, right, span);
            case ADD -> elementwise("+", new Add(), left, right, span);
            case SUBTRACT -> elementwise("-", new Subtract(), left, right, span);
            case MULTIPLY -> elementwise("*", new Multiply(), left, right, span);
            case DIVIDE -> elementwise("/", new Divide(), left, right, span);
            case REMAINDER -> elementwise("%", new Remainder(), left, right, span);
            case EQUAL -> elementwise("==", new Compare(Relation.EQUAL), left, right, span);
            case NOT_EQUAL -> elementwise("!=", new Compare(Relation.NOT_EQUAL), left, right, span);
            case LESS -> elementwise("<", new Compare(Relation.LESS), left, right, span);
            case LESS_EQUAL -> elementwise("<=", new Compare(Relation.LESS_EQUAL), left, right, span);
            case GREATER -> elementwise(">", new Compare(Relation.GREATER), left, right, span);
            case GREATER_EQUAL -> elementwise(">=", new Compare(Relation.GREATER_EQUAL), left, right, span);
            case AND -> logical("and", new And(), left, right, span);
            case OR -> logical("or", new Or(), left, right, span);
        };
    }

    private Datum logical(String name, Op op, Datum left, Datum right, Span span) {
        return isTruth(left) && isTruth(right) ? elementwise(name, op, left, right, span) : unfit(span, name, left, right);
    }

    private static boolean isTruth(Datum datum) {
        return datum instanceof Datum.Truth
                || datum instanceof Datum.Tensor(Variable variable) && variable.type().element() == ElementType.BOOL;
    }

    /// An operation element by element, at least one of whose operands is a tensor: both take the wider element type and the common shape.
    Datum elementwise(String name, Op op, Datum left, Datum right, Span span) {
        Optional<ElementType> element = common(op, left, right);
        if (element.isEmpty() || !usable(left, span) || !usable(right, span)) {
            return left instanceof Datum.Unknown || right instanceof Datum.Unknown ? new Datum.Unknown() : unfit(span, name, left, right);
        }
        Shape a = shape(left);
        Shape b = shape(right);
        Optional<Shape> shape = Emission.common(a, b);
        if (shape.isEmpty()) {
            return evaluator.report()
                    .add(new ShapeProblem.Broadcast(span, name, ((Datum.Tensor) left).variable(), ((Datum.Tensor) right).variable()));
        }
        return emit(span, op, operand(left, element.get(), shape.get(), span), operand(right, element.get(), shape.get(), span));
    }

    private boolean usable(Datum datum, Span span) {
        return !(datum instanceof Datum.Tensor(Variable variable)) || evaluator.owned(variable, span).isPresent();
    }

    private static Shape shape(Datum datum) {
        return datum instanceof Datum.Tensor(Variable variable) ? variable.type().shape() : Shape.SCALAR;
    }

    /// An operand as a tensor of that type; a known value becomes a constant of the whole shape.
    Variable operand(Datum datum, ElementType element, Shape shape, Span span) {
        TensorType type = new TensorType(element, shape);
        return switch (datum) {
            case Datum.Whole(long value) -> evaluator.emission().constant(span, type, value);
            case Datum.Real(double value) -> evaluator.emission().constant(span, type, value);
            case Datum.Truth(boolean value) -> evaluator.emission().constant(span, type, value ? 1 : 0);
            case Datum.Tensor(Variable variable) ->
                evaluator.emission().broadcast(span, evaluator.emission().convert(span, variable, element), shape);
            default -> throw new IllegalArgumentException("not an operand: " + datum);
        };
    }

    /// The element type in which an operation over both is done, or empty where there is none.
    private static Optional<ElementType> common(Op op, Datum left, Datum right) {
        Optional<ElementType> a = element(left);
        Optional<ElementType> b = element(right);
        if (a.isEmpty() || b.isEmpty()) {
            return Optional.empty();
        }
        boolean truths = a.get() == ElementType.BOOL && b.get() == ElementType.BOOL;
        boolean keepsTruth = op instanceof And || op instanceof Or || op instanceof Compare;
        if (truths) {
            return Optional.of(keepsTruth ? ElementType.BOOL : ElementType.F32);
        }
        if (a.get() == ElementType.F64 || b.get() == ElementType.F64) {
            return Optional.of(ElementType.F64);
        }
        boolean whole = a.get() == ElementType.I32 && b.get() == ElementType.I32 && !(op instanceof Divide) && !(op instanceof Power);
        return Optional.of(whole ? ElementType.I32 : ElementType.F32);
    }

    private static Optional<ElementType> element(Datum datum) {
        return switch (datum) {
            case Datum.Tensor(Variable variable) -> Optional.of(variable.type().element());
            case Datum.Whole _ -> Optional.of(ElementType.I32);
            case Datum.Real _ -> Optional.of(ElementType.F32);
            case Datum.Truth _ -> Optional.of(ElementType.BOOL);
            default -> Optional.empty();
        };
    }

    /// Small powers are products and roots: cheaper, and exact where `pow` is not.
    private Datum power(Datum base, Datum exponent, Span span) {
        if (base instanceof Datum.Tensor && Arithmetic.isNumber(exponent)) {
            Datum one = new Datum.Real(1);
            double value = Arithmetic.real(exponent);
            if (value == 1) {
                return base;
            }
            if (value == 2) {
                return elementwise("^", new Multiply(), base, base, span);
            }
            if (value == 3) {
                return elementwise("^", new Multiply(), power(base, new Datum.Whole(2), span), base, span);
            }
            if (value == 4) {
                return power(power(base, new Datum.Whole(2), span), new Datum.Whole(2), span);
            }
            if (value == 0.5) {
                return map("^", new Sqrt(), base, span);
            }
            if (value == -1 || value == -2 || value == -0.5) {
                return elementwise("^", new Divide(), one, power(base, new Datum.Real(-value), span), span);
            }
        }
        return elementwise("^", new Power(), base, exponent, span);
    }

    /// An operation on each element of one tensor of real numbers.
    Datum map(String name, Op op, Datum operand, Span span) {
        if (operand instanceof Datum.Unknown) {
            return operand;
        }
        if (!(operand instanceof Datum.Tensor(Variable variable))) {
            return unfit(span, name, operand);
        }
        if (evaluator.owned(variable, span).isEmpty()) {
            return new Datum.Unknown();
        }
        ElementType element = variable.type().element().isFloating() ? variable.type().element() : ElementType.F32;
        return emit(span, op, evaluator.emission().convert(span, variable, element));
    }

    Datum select(Datum condition, Datum yes, Datum no, Span span) {
        if (condition instanceof Datum.Unknown || yes instanceof Datum.Unknown || no instanceof Datum.Unknown) {
            return new Datum.Unknown();
        }
        Optional<ElementType> element = common(new Select(), yes, no).map(wide -> isTruth(yes) && isTruth(no) ? ElementType.BOOL : wide);
        if (element.isEmpty() || !isTruth(condition) || !usable(condition, span) || !usable(yes, span) || !usable(no, span)) {
            return unfit(span, "if", yes, no);
        }
        Optional<Shape> shape = Emission.common(shape(yes), shape(no)).flatMap(branches -> Emission.common(branches, shape(condition)));
        if (shape.isEmpty()) {
            boolean branches = Emission.common(shape(yes), shape(no)).isEmpty();
            Variable left = ((Datum.Tensor) (branches || shape(no).rank() == 0 ? yes : no)).variable();
            return evaluator.report()
                    .add(new ShapeProblem.Broadcast(span, "if", left, ((Datum.Tensor) (branches ? no : condition)).variable()));
        }
        return emit(span, new Select(), operand(condition, ElementType.BOOL, shape.get(), span),
                operand(yes, element.get(), shape.get(), span),
                operand(no, element.get(), shape.get(), span));
    }

    private Datum emit(Span span, Op op, Variable... operands) {
        for (Variable operand : operands) {
            if (evaluator.owned(operand, span).isEmpty()) {
                return new Datum.Unknown();
            }
        }
        Variable result = evaluator.emission().emit(span, op, operands);
        return new Datum.Tensor(evaluator.emission().seenAs(result, OptionalInt.empty(), span));
    }

    private Datum unfit(Span span, String operator, Datum operand) {
        return evaluator.report().add(new KindProblem.Operands(span, operator, Datum.describe(operand), ""));
    }

    private Datum unfit(Span span, String operator, Datum left, Datum right) {
        return evaluator.report().add(new KindProblem.Operands(span, operator, Datum.describe(left), Datum.describe(right)));
    }
}

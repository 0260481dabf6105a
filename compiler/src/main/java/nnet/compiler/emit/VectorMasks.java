package nnet.compiler.emit;

import nnet.compiler.code.Expression;
import nnet.compiler.code.Local;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Expr.UnaryOp;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.ElementType;

/// Conditions that vary, as masks. A mask has the kind of the numbers that were compared, and is used with vectors of that kind.
final class VectorMasks {

    private final VectorContext context;
    private final VectorValues values;

    VectorMasks(VectorContext context, VectorValues values) {
        this.context = context;
        this.values = values;
    }

    /// The kind of mask that a condition makes without any conversion.
    VectorKind natural(Expr condition) {
        if (!context.lanes.varies(condition)) {
            return context.lanes.kind();
        }
        return switch (condition) {
            case Expr.Read(Variable variable) -> values.kindOf(variable);
            case Expr.Load _ -> VectorKind.I32;
            case Expr.Unary(UnaryOp _, Expr operand) -> natural(operand);
            case Expr.Binary(BinaryOp _, Expr left, Expr right) -> {
                Expr first = context.lanes.varies(left) ? left : right;
                yield first.type() == ElementType.BOOL ? natural(first) : VectorKind.of(first.type());
            }
            case Expr.Select(Expr _, Expr then, Expr otherwise) -> natural(context.lanes.varies(then) ? then : otherwise);
            case Expr.Convert(ElementType _, Expr operand) ->
                operand.type() == ElementType.BOOL ? natural(operand) : VectorKind.of(operand.type());
            case Expr.Literal _,Expr.Fma _,Expr.Bits _,Expr.Call _ -> throw new IllegalStateException(condition + " is no condition");
        };
    }

    /// A truth value in every lane, as a mask of the wanted kind.
    Expression mask(Expr condition, VectorKind wanted, int copy) {
        if (!context.lanes.varies(condition)) {
            return values.allOrNone(condition, wanted);
        }
        return switch (condition) {
            case Expr.Read(Variable variable) -> adapt(values.local(variable, copy), values.kindOf(variable), wanted);
            case Expr.Load(Buffer buffer, Expr place) -> {
                VectorKind kind = VectorKind.I32;
                Expression bits = values.load(buffer, place, copy);
                yield adapt(kind.compare("NE", bits, context.literal(VectorValues.literal(kind, 0))), kind, wanted);
            }
            case Expr.Unary(UnaryOp _, Expr operand) -> VectorKind.not(mask(operand, wanted, copy));
            case Expr.Binary(BinaryOp op, Expr left, Expr right) ->
                left.type() == ElementType.BOOL ? logical(op, left, right, wanted, copy) : comparison(op, left, right, wanted, copy);
            case Expr.Select(Expr choice, Expr then, Expr otherwise) -> {
                Local chosen = values.temporary("chosen", mask(choice, wanted, copy));
                Expression yes = VectorKind.combine("and", mask(then, wanted, copy), chosen);
                yield VectorKind.combine("or", yes, VectorKind.combine("and", mask(otherwise, wanted, copy), VectorKind.not(chosen)));
            }
            case Expr.Convert(ElementType _, Expr operand) -> operand.type() == ElementType.BOOL
                    ? mask(operand, wanted, copy)
                    : comparison(BinaryOp.NOT_EQUAL, operand, VectorValues.literal(VectorKind.of(operand.type()), 0), wanted, copy);
            case Expr.Literal _,Expr.Fma _,Expr.Bits _,Expr.Call _ -> throw new IllegalStateException(condition + " is no condition");
        };
    }

    private Expression comparison(BinaryOp op, Expr left, Expr right, VectorKind wanted, int copy) {
        VectorKind kind = VectorKind.of(left.type());
        return adapt(kind.compare(switch (op) {
            case EQUAL -> "EQ";
            case NOT_EQUAL -> "NE";
            case LESS -> "LT";
            case LESS_EQUAL -> "LE";
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, MIN, MAX, AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT, ARITHMETIC_SHIFT_RIGHT,
                    ROTATE_LEFT ->
                throw new IllegalStateException(op + " compares nothing");
        }, values.value(left, copy), values.value(right, copy)), kind, wanted);
    }

    private Expression logical(BinaryOp op, Expr left, Expr right, VectorKind wanted, int copy) {
        Expression a = mask(left, wanted, copy);
        Expression b = mask(right, wanted, copy);
        return switch (op) {
            case AND -> VectorKind.combine("and", a, b);
            case OR -> VectorKind.combine("or", a, b);
            case EQUAL -> VectorKind.combine("eq", a, b);
            case XOR, NOT_EQUAL -> VectorKind.not(VectorKind.combine("eq", a, b));
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, MIN, MAX, SHIFT_LEFT, SHIFT_RIGHT, ARITHMETIC_SHIFT_RIGHT, ROTATE_LEFT, LESS,
                    LESS_EQUAL ->
                throw new IllegalStateException(op + " is no operation on conditions");
        };
    }

    /// A mask of one kind made one of another. Masks have no fast conversion on every JDK; ones and zeros have.
    private Expression adapt(Expression mask, VectorKind from, VectorKind to) {
        if (from == to) {
            return mask;
        }
        Expression ones = from.blend(context.literal(VectorValues.literal(from, 0)), context.literal(VectorValues.literal(from, 1)), mask);
        return to.compare("NE", from.reinterpret(ones, to), context.literal(VectorValues.literal(to, 0)));
    }
}

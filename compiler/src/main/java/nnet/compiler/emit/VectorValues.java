package nnet.compiler.emit;

import static nnet.compiler.code.Expression.add;
import static nnet.compiler.code.Expression.constant;
import static nnet.compiler.code.Expression.multiply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import nnet.compiler.code.Arithmetic;
import nnet.compiler.code.Expression;
import nnet.compiler.code.Local;
import nnet.compiler.code.Statement;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Expr.UnaryOp;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.ElementType;

/// Expressions in machine vectors, for one copy at a time. What does not vary is computed once, in scalar form, and spread over the lanes.
final class VectorValues {

    /// A variable that varies: one local for each copy; for truth values the kind of mask.
    private record Copies(List<Local> locals, VectorKind kind) {
    }

    /// What does not vary, in all lanes of a vector or mask of a kind.
    private record Spread(Expr value, VectorKind kind) {
    }

    private record Address(Buffer buffer, Lanes.Place place) {
    }

    private final VectorContext context;
    private final Scalar scalar;
    private final int copies;
    private final Expression start;
    private final Consumer<Statement> before;
    private final Map<Variable, VectorKind> kinds = new HashMap<>();
    private final Map<Variable, Copies> variables = new HashMap<>();
    private final Map<Spread, Expression> spread = new HashMap<>();
    private final VectorMasks masks;
    private final Map<Address, Expression> addresses = new HashMap<>();

    /// @param before takes statements that come before the one that is being written
    VectorValues(VectorContext context, int copies, Expression start, Consumer<Statement> before) {
        this.context = context;
        this.scalar = new Scalar(context.scope);
        this.copies = copies;
        this.start = start;
        this.before = before;
        this.masks = new VectorMasks(context, this);
    }

    /// Between statements: what was shared within one may have changed for the next.
    void forget() {
        spread.clear();
        addresses.clear();
    }

    List<Local> declare(Variable variable) {
        VectorKind kind = kinds.get(variable);
        List<Local> locals = new ArrayList<>();
        for (int copy = 0; copy < copies; copy++) {
            locals.add(context.scope.local(variable.name(), variable.type() == ElementType.BOOL ? VectorKind.MASK : kind.type));
        }
        variables.put(variable, new Copies(locals, kind));
        return locals;
    }

    Local local(Variable variable, int copy) {
        return variables.get(variable).locals.get(copy);
    }

    /// The kind of mask that a condition is kept in.
    VectorKind kindOf(Variable condition) {
        return variables.get(condition).kind;
    }

    /// A value for a variable, as the variable holds it.
    Expression of(Variable variable, Expr value, int copy) {
        if (variable.type() != ElementType.BOOL) {
            kinds.put(variable, VectorKind.of(variable.type()));
            return value(value, copy);
        }
        VectorKind kind = kinds.computeIfAbsent(variable, _ -> masks.natural(value));
        return masks.mask(value, kind, copy);
    }

    /// The place in the array of a buffer, where `place` is the index of the loop plus something that does not vary.
    Expression index(Buffer buffer, Expr place, int copy) {
        Expr rest = context.lanes.offset(place).orElseThrow();
        return add(base(buffer, new Lanes.Place(Spacing.NEXT, rest)), constant(copy * width(VectorKind.of(buffer.element()))));
    }

    /// Where the first lane of the first copy lies.
    private Expression base(Buffer buffer, Lanes.Place place) {
        Expression first = switch (place.spacing()) {
            case NEXT -> start;
            case ALTERNATE -> multiply(start, constant(2));
            case TWICE -> Arithmetic.of(Arithmetic.Operator.DIVIDE, start, constant(2));
        };
        return addresses.computeIfAbsent(new Address(buffer, place),
                _ -> shared("at", add(context.scope.place(buffer).index(scalar.expression(place.rest())), first)));
    }

    /// The elements of a buffer that the lanes of a copy read.
    Expression load(Buffer buffer, Expr index, int copy) {
        VectorKind kind = VectorKind.of(buffer.element());
        Lanes.Place place = context.lanes.place(index).orElseThrow();
        int width = width(kind);
        return switch (place.spacing()) {
            case NEXT -> load(kind, buffer, place, copy * width);
            case ALTERNATE -> kind.rearrange(load(kind, buffer, place, 2 * copy * width), context.machine.shuffle(kind, Spacing.ALTERNATE),
                    Optional.of(load(kind, buffer, place, 2 * copy * width + width)));
            case TWICE -> kind.rearrange(load(kind, buffer, place, copy * width / 2), context.machine.shuffle(kind, Spacing.TWICE),
                    Optional.empty());
        };
    }

    private Expression load(VectorKind kind, Buffer buffer, Lanes.Place place, int behind) {
        return kind.load(species(kind), context.scope.place(buffer).array(), add(base(buffer, place), constant(behind)));
    }

    private int width(VectorKind kind) {
        return context.machine.lanes(kind);
    }

    private Expression species(VectorKind kind) {
        return context.machine.species(kind);
    }

    /// With several copies a local that they share.
    private Expression shared(String name, Expression value) {
        return copies == 1 ? value : temporary(name, value);
    }

    Local temporary(String name, Expression value) {
        Local local = context.scope.local(name, value.type());
        before.accept(new Statement.Declare(local, value));
        return local;
    }

    /// A number in every lane.
    Expression value(Expr expression, int copy) {
        VectorKind kind = VectorKind.of(expression.type());
        if (!context.lanes.varies(expression)) {
            return spread(expression, kind);
        }
        return switch (expression) {
            case Expr.Literal literal -> context.literal(literal);
            case Expr.Read(Variable variable) -> variable.equals(context.index) ? counted(copy) : local(variable, copy);
            case Expr.Load(Buffer buffer, Expr place) -> load(buffer, place, copy);
            case Expr.Unary(UnaryOp op, Expr operand) -> unary(op, kind, operand, copy);
            case Expr.Binary(BinaryOp op, Expr left, Expr right) -> binary(op, kind, left, right, copy);
            case Expr.Fma(Expr a, Expr b, Expr c) -> kind.fma(value(a, copy), value(b, copy), value(c, copy));
            case Expr.Select(Expr condition, Expr then, Expr otherwise) ->
                select(kind, condition, value(then, copy), value(otherwise, copy), copy);
            case Expr.Convert(ElementType type, Expr operand) -> convert(type, operand, copy);
            case Expr.Bits(ElementType _, Expr operand) -> VectorKind.of(operand.type()).reinterpret(value(operand, copy), kind);
            case Expr.Call(Expr.Function function, Expr _) -> throw new IllegalStateException(function + " was not expanded");
        };
    }

    private Expression spread(Expr expression, VectorKind kind) {
        if (expression instanceof Expr.Literal literal) {
            return context.literal(literal);
        }
        return spread.computeIfAbsent(new Spread(expression, kind),
                _ -> shared("all", kind.broadcast(species(kind), scalar.expression(expression))));
    }

    /// A truth value that does not vary, in every lane.
    Expression allOrNone(Expr condition, VectorKind kind) {
        return spread.computeIfAbsent(new Spread(condition, kind),
                _ -> shared("all", VectorKind.allOrNone(species(kind), scalar.expression(condition))));
    }

    private Expression counted(int copy) {
        VectorKind kind = VectorKind.I32;
        Expression first = add(start, constant(copy * width(kind)));
        return kind.binary("add", context.iota(kind), kind.broadcast(species(kind), first));
    }

    private Expression unary(UnaryOp op, VectorKind kind, Expr operand, int copy) {
        Expression vector = value(operand, copy);
        return switch (op) {
            case NEGATE ->
                kind == VectorKind.I32 ? kind.binary("sub", context.literal(literal(kind, 0)), vector) : kind.unary("neg", vector);
            case ABS -> kind.unary("abs", vector);
            case SQRT -> kind.unary("sqrt", vector);
            case ROUND -> new Rounding(context, kind, kept -> temporary("x", kept)).nearest(vector);
            case FLOOR -> new Rounding(context, kind, kept -> temporary("x", kept)).down(vector);
            case NOT -> throw new IllegalStateException("a condition is no number");
        };
    }

    private Expression binary(BinaryOp op, VectorKind kind, Expr left, Expr right, int copy) {
        return switch (op) {
            case ADD -> kind.binary("add", value(left, copy), value(right, copy));
            case SUBTRACT -> kind.binary("sub", value(left, copy), value(right, copy));
            case MULTIPLY -> kind.binary("mul", value(left, copy), value(right, copy));
            case DIVIDE -> kind == VectorKind.I32
                    ? kind.lanewise("LSHR", value(left, copy), constant(Integer.numberOfTrailingZeros(Bounds.value(right))))
                    : kind.binary("div", value(left, copy), value(right, copy));
            case REMAINDER -> kind.binary("and", value(left, copy), context.literal(literal(kind, Bounds.value(right) - 1)));
            case MIN, MAX -> extreme(op, kind, left, right, copy);
            case AND -> kind.binary("and", value(left, copy), value(right, copy));
            case OR -> kind.binary("or", value(left, copy), value(right, copy));
            case XOR -> kind.lanewise("XOR", value(left, copy), value(right, copy));
            case SHIFT_LEFT -> kind.lanewise("LSHL", value(left, copy), distance(right, copy));
            case SHIFT_RIGHT -> kind.lanewise("LSHR", value(left, copy), distance(right, copy));
            case ARITHMETIC_SHIFT_RIGHT -> kind.lanewise("ASHR", value(left, copy), distance(right, copy));
            case ROTATE_LEFT -> kind.lanewise("ROL", value(left, copy), distance(right, copy));
            case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL -> throw new IllegalStateException(op + " gives no vector");
        };
    }

    /// All lanes shift alike where the distance does not vary.
    private Expression distance(Expr distance, int copy) {
        return context.lanes.varies(distance) ? value(distance, copy) : scalar.expression(distance);
    }

    /// The machine has no minimum that knows NaN and the zeros as Java does; against most constants one comparison is enough.
    private Expression extreme(BinaryOp op, VectorKind kind, Expr left, Expr right, int copy) {
        boolean isMax = op == BinaryOp.MAX;
        if (left instanceof Expr.Literal literal && !(right instanceof Expr.Literal)) {
            return extreme(op, kind, right, literal, copy);
        }
        if (kind != VectorKind.I32 && right instanceof Expr.Literal(ElementType _, double bound) && isSharp(bound, isMax)) {
            // max(x, c) = (x <= c ? c : x): a NaN stays, and of two zeros c is the greater or is the same.
            Local x = temporary("x", value(left, copy));
            Expression limit = value(right, copy);
            return kind.blend(x, limit, kind.compare(isMax ? "LE" : "GE", x, limit));
        }
        return kind.binary(isMax ? "max" : "min", value(left, copy), value(right, copy));
    }

    private static boolean isSharp(double bound, boolean isMax) {
        double lesserZero = isMax ? -0.0 : 0.0;
        return !Double.isNaN(bound) && Double.compare(bound, lesserZero) != 0;
    }

    /// Lanes of two numbers by a mask; the mask decides in which kind of vector that happens, since bits are only moved.
    private Expression select(VectorKind kind, Expr condition, Expression then, Expression otherwise, int copy) {
        VectorKind by = masks.natural(condition);
        Expression blended = by.blend(kind.reinterpret(otherwise, by), kind.reinterpret(then, by), masks.mask(condition, by, copy));
        return by.reinterpret(blended, kind);
    }

    private Expression convert(ElementType type, Expr operand, int copy) {
        VectorKind to = VectorKind.of(type);
        if (operand.type() == ElementType.BOOL) {
            return select(to, operand, context.literal(literal(to, 1)), context.literal(literal(to, 0)), copy);
        }
        VectorKind from = VectorKind.of(operand.type());
        Expression vector = value(operand, copy);
        return from == to ? vector : from.convert(from == VectorKind.I32 ? "I2F" : "F2I", vector, to);
    }

    static Expr.Literal literal(VectorKind kind, double value) {
        ElementType type = switch (kind) {
            case F32 -> ElementType.F32;
            case F64 -> ElementType.F64;
            case I32 -> ElementType.I32;
        };
        return new Expr.Literal(type, value);
    }
}

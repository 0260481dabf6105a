package nnet.compiler.fuzz;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Expr.UnaryOp;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.ElementType;

/// Random expressions over what a scope offers. Every index stays inside its buffer, no integer is divided by zero, and the bits of a NaN, of which there are
/// many, are never looked at.
final class RandomExpressions {

    private static final List<BinaryOp> F32 = List.of(BinaryOp.ADD, BinaryOp.SUBTRACT, BinaryOp.MULTIPLY, BinaryOp.DIVIDE, BinaryOp.MIN,
            BinaryOp.MAX);
    private static final List<BinaryOp> I32 = List.of(BinaryOp.ADD, BinaryOp.SUBTRACT, BinaryOp.MULTIPLY, BinaryOp.MIN, BinaryOp.MAX,
            BinaryOp.AND, BinaryOp.OR,
            BinaryOp.XOR);
    private static final List<BinaryOp> SHIFTS = List.of(BinaryOp.SHIFT_LEFT, BinaryOp.SHIFT_RIGHT, BinaryOp.ARITHMETIC_SHIFT_RIGHT,
            BinaryOp.ROTATE_LEFT,
            BinaryOp.DIVIDE, BinaryOp.REMAINDER);
    private static final List<BinaryOp> COMPARISONS = List.of(BinaryOp.EQUAL, BinaryOp.NOT_EQUAL, BinaryOp.LESS, BinaryOp.LESS_EQUAL);
    private static final double[] NUMBERS = {0, -0.0, 1, -1, 0.5, 3.25, 1e-40, 3e38, Double.POSITIVE_INFINITY, Double.NaN};

    private final Random random;
    private final Buffer in;
    private final Buffer index;
    private Optional<Variable> lane = Optional.empty();
    private List<Expr> own = List.of();

    RandomExpressions(Random random, Buffer in, Buffer index) {
        this.random = random;
        this.in = in;
        this.index = index;
    }

    /// From here on expressions stand in a vector loop, whose iterations own some elements.
    void inVector(Variable vectorIndex, List<Expr> ownElements) {
        lane = Optional.of(vectorIndex);
        own = ownElements;
    }

    void afterVector() {
        lane = Optional.empty();
        own = List.of();
    }

    Expr of(ElementType type, Scope scope, int depth) {
        return switch (type) {
            case F32 -> f32(scope, depth);
            case I32 -> i32(scope, depth);
            case BOOL -> bool(scope, depth);
            case F64 -> throw new IllegalArgumentException("no f64 here");
        };
    }

    /// Something that runs along a loop index below 64, element by element.
    Expr along(Variable variable, ElementType type) {
        Expr place = random.nextInt(3) == 0
                ? Expr.multiply(Expr.read(variable), Expr.i32(2))
                : Expr.add(Expr.read(variable), Expr.i32(random.nextInt(ROOM)));
        return new Expr.Load(type == ElementType.F32 ? in : index, place);
    }

    private static final int ROOM = 60;

    private Expr f32(Scope scope, int depth) {
        if (depth == 0) {
            return leaf(ElementType.F32, scope,
                    Expr.f32(random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextGaussian()));
        }
        return switch (random.nextInt(14)) {
            case 0 -> new Expr.Fma(f32(scope, depth - 1), f32(scope, depth - 1), f32(scope, depth - 1));
            case 1 -> new Expr.Select(bool(scope, depth - 1), f32(scope, depth - 1), f32(scope, depth - 1));
            case 2 -> new Expr.Convert(ElementType.F32, i32(scope, depth - 1));
            case 3 -> new Expr.Unary(UnaryOp.NEGATE, f32(scope, depth - 1));
            case 4 -> new Expr.Unary(UnaryOp.ABS, f32(scope, depth - 1));
            case 5 -> new Expr.Unary(List.of(UnaryOp.SQRT, UnaryOp.FLOOR, UnaryOp.ROUND).get(random.nextInt(3)), f32(scope, depth - 1));
            case 6 -> new Expr.Bits(ElementType.F32, new Expr.Binary(BinaryOp.AND, i32(scope, depth - 1), Expr.i32(0xBFFFFFFF)));
            case 7 -> new Expr.Call(any(Expr.Function.values()), f32(scope, depth - 1));
            case 8 -> leaf(ElementType.F32, scope, Expr.f32(random.nextGaussian()));
            case 9 -> lane.isEmpty() ? leaf(ElementType.F32, scope, Expr.f32(1)) : along(lane.get(), ElementType.F32);
            default -> new Expr.Binary(any(F32), f32(scope, depth - 1), f32(scope, depth - 1));
        };
    }

    private Expr i32(Scope scope, int depth) {
        if (depth == 0) {
            return leaf(ElementType.I32, scope, Expr.i32(random.nextBoolean() ? random.nextInt(10) : random.nextInt()));
        }
        return switch (random.nextInt(9)) {
            case 0 -> new Expr.Select(bool(scope, depth - 1), i32(scope, depth - 1), i32(scope, depth - 1));
            case 1 -> new Expr.Convert(ElementType.I32, f32(scope, depth - 1));
            case 2 -> new Expr.Convert(ElementType.I32, bool(scope, depth - 1));
            case 3 -> new Expr.Binary(any(SHIFTS), i32(scope, depth - 1), Expr.i32(1 + random.nextInt(30)));
            case 4 -> new Expr.Bits(ElementType.I32, new Expr.Convert(ElementType.F32, i32(scope, depth - 1)));
            case 5 -> new Expr.Unary(random.nextBoolean() ? UnaryOp.NEGATE : UnaryOp.ABS, i32(scope, depth - 1));
            default -> new Expr.Binary(any(I32), i32(scope, depth - 1), i32(scope, depth - 1));
        };
    }

    Expr bool(Scope scope, int depth) {
        if (depth == 0) {
            return scope.any(ElementType.BOOL, random).map(Expr::read).orElse(new Expr.Literal(ElementType.BOOL, random.nextInt(2)));
        }
        return switch (random.nextInt(6)) {
            case 0 -> new Expr.Unary(UnaryOp.NOT, bool(scope, depth - 1));
            case 1 ->
                new Expr.Binary(any(List.of(BinaryOp.AND, BinaryOp.OR, BinaryOp.XOR)), bool(scope, depth - 1), bool(scope, depth - 1));
            case 2 -> new Expr.Binary(any(COMPARISONS), i32(scope, depth - 1), i32(scope, depth - 1));
            case 3 -> new Expr.Convert(ElementType.BOOL, i32(scope, depth - 1));
            default -> new Expr.Binary(any(COMPARISONS), f32(scope, depth - 1), f32(scope, depth - 1));
        };
    }

    private Expr leaf(ElementType type, Scope scope, Expr literal) {
        return switch (random.nextInt(5)) {
            case 0 -> literal;
            case 1 -> load(type, scope);
            case 2 -> own.isEmpty() || type != ElementType.F32 ? load(type, scope) : any(own);
            default -> scope.any(type, random).map(Expr::read).orElse(literal);
        };
    }

    /// Any element of an input; in a vector loop often the next one of each iteration.
    private Expr load(ElementType type, Scope scope) {
        if (lane.isPresent() && random.nextBoolean()) {
            return along(lane.get(), type);
        }
        Expr place = scope.any(ElementType.I32, random).map(Expr::read).orElse(Expr.i32(3));
        Expr anywhere = random.nextBoolean() ? place : new Expr.Load(index, new Expr.Binary(BinaryOp.AND, place, Expr.i32(63)));
        return new Expr.Load(type == ElementType.F32 ? in : index, new Expr.Binary(BinaryOp.AND, anywhere, Expr.i32(127)));
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}

package nnet.compiler.optimise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import nnet.compiler.tensor.Add;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Constant;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Convert;
import nnet.compiler.tensor.Divide;
import nnet.compiler.tensor.Gather;
import nnet.compiler.tensor.Multiply;
import nnet.compiler.tensor.Negate;
import nnet.compiler.tensor.Not;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.ScatterAdd;
import nnet.compiler.tensor.Select;
import nnet.compiler.tensor.Subtract;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.tensor.Value;

/// Laws of arithmetic that IEEE 754 keeps for NaN and infinity too (so x - x and x * 0 stay), and those that only change where rounding happens.
final class Algebra {

    private Algebra() {
    }

    /// x + 0, x - 0, x * 1, x / 1 -> x; 0 - x, x * -1, x / -1 -> -x; x + x -> 2 x
    static Optional<Value> neutral(Rewriter r, Op op, List<Value> x) {
        if (x.size() != 2) {
            return Optional.empty();
        }
        Value a = x.get(0);
        Value b = x.get(1);
        return switch (op) {
            case Add _ when r.isConstant(b, 0) -> Optional.of(a);
            case Add _ when a.equals(b) -> Optional.of(r.add(new Multiply(), a, r.like(a, 2)));
            case Subtract _ when r.isConstant(b, 0) -> Optional.of(a);
            case Subtract _ when r.isConstant(a, 0) -> Optional.of(r.add(new Negate(), b));
            case Multiply _ when r.isConstant(b, 1) -> Optional.of(a);
            case Divide _ when r.isConstant(b, 1) -> Optional.of(a);
            case Multiply _ when r.isConstant(b, -1) -> Optional.of(r.add(new Negate(), a));
            case Divide _ when r.isConstant(b, -1) -> Optional.of(r.add(new Negate(), a));
            default -> Optional.empty();
        };
    }

    /// -(-x) -> x, not(not x) -> x, c ? x : x -> x, x converted to its own type -> x
    static Optional<Value> undone(Rewriter r, Op op, List<Value> x) {
        return switch (op) {
            case Negate _ -> negated(r, x.getFirst());
            case Not _ when r.is(x.getFirst(), Not.class) -> Optional.of(r.operand(x.getFirst(), 0));
            case Select _ when x.get(1).equals(x.get(2)) -> Optional.of(x.get(1));
            case Select _ when r.constant(x.get(0)).isPresent() -> Optional.of(r.isConstant(x.get(0), 0) ? x.get(2) : x.get(1));
            case Convert(var element) when x.getFirst().type().element() == element -> Optional.of(x.getFirst());
            default -> Optional.empty();
        };
    }

    /// Signs move outwards, to where they meet others: a + -b -> a - b, a - -b -> a + b, -a - b -> -(a + b), a * -b -> -(a * b) and so on.
    static Optional<Value> signs(Rewriter r, Op op, List<Value> x) {
        if (x.isEmpty()) {
            return Optional.empty();
        }
        Optional<Value> a = negated(r, x.get(0));
        Optional<Value> b = x.size() == 2 ? negated(r, x.get(1)) : Optional.empty();
        return switch (op) {
            case Add _ when a.isPresent() && b.isPresent() -> Optional.of(minus(r, new Add(), a.get(), b.get()));
            case Add _ when b.isPresent() -> Optional.of(r.add(new Subtract(), x.get(0), b.get()));
            case Add _ when a.isPresent() -> Optional.of(r.add(new Subtract(), x.get(1), a.get()));
            case Subtract _ when b.isPresent() -> Optional.of(r.add(new Add(), x.get(0), b.get()));
            case Subtract _ when a.isPresent() -> Optional.of(minus(r, new Add(), a.get(), x.get(1)));
            case Multiply _,Divide _ when a.isPresent() && b.isPresent() -> Optional.of(r.add(op, a.get(), b.get()));
            case Multiply _,Divide _ when a.isPresent() -> Optional.of(minus(r, op, a.get(), x.get(1)));
            case Multiply _,Divide _ when b.isPresent() -> Optional.of(minus(r, op, x.get(0), b.get()));
            case Contraction _ when a.isPresent() -> Optional.of(minus(r, op, a.get(), x.get(1)));
            case Contraction _ when b.isPresent() -> Optional.of(minus(r, op, x.get(0), b.get()));
            case Divide _ when r.constant(x.get(0)).orElse(0) < 0 -> Optional.of(minus(r, op, r.add(new Negate(), x.get(0)), x.get(1)));
            case Gather _,ScatterAdd _ when a.isPresent() -> Optional.of(minus(r, op, a.get(), x.get(1)));
            case Sum _,Reshape _,Transpose _ when a.isPresent() -> Optional.of(r.add(new Negate(), r.add(op, a.get())));
            default -> Optional.empty();
        };
    }

    private static Value minus(Rewriter r, Op op, Value a, Value b) {
        return r.add(new Negate(), r.add(op, a, b));
    }

    /// -(a - b) -> b - a; -(x * c) -> x * -c and the like: the sign goes into a constant
    static Optional<Value> signOf(Rewriter r, Op op, List<Value> x) {
        if (!(op instanceof Negate) || r.op(x.getFirst()).isEmpty() || r.operands(x.getFirst()).size() != 2) {
            return Optional.empty();
        }
        Value a = r.operand(x.getFirst(), 0);
        Value b = r.operand(x.getFirst(), 1);
        return switch (r.op(x.getFirst()).orElseThrow()) {
            case Subtract _ -> Optional.of(r.add(new Subtract(), b, a));
            case Multiply multiply when r.constant(b).isPresent() -> Optional.of(r.add(multiply, a, r.add(new Negate(), b)));
            case Divide divide when r.constant(b).isPresent() -> Optional.of(r.add(divide, a, r.add(new Negate(), b)));
            default -> Optional.empty();
        };
    }

    /// What a value is the negative of, if it is written as one.
    static Optional<Value> negated(Rewriter r, Value x) {
        if (r.is(x, Negate.class)) {
            return Optional.of(r.operand(x, 0));
        }
        return r.as(x, Broadcast.class).flatMap(broadcast -> negated(r, r.operand(x, 0)).map(inside -> r.add(broadcast, inside)));
    }

    /// (x * s) * t -> x * (s * t) where s and t are constants or repeated, so that their product is cheap
    static Optional<Value> scales(Rewriter r, Op op, List<Value> x) {
        if (!(op instanceof Multiply)) {
            return Optional.empty();
        }
        for (List<Value> order : Rewriter.bothOrders(x)) {
            if (isScale(r, order.get(1)) && r.is(order.get(0), Multiply.class)) {
                for (List<Value> inner : Rewriter.bothOrders(r.operands(order.get(0)))) {
                    if (isScale(r, inner.get(1)) && Spread.shrinks(r, List.of(inner.get(1), order.get(1)))) {
                        return Optional.of(r.add(op, inner.get(0), r.add(op, inner.get(1), order.get(1))));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// x * s + y * s -> (x + y) * s where s is a constant or repeated: p * dy - t * dy -> (p - t) * dy
    static Optional<Value> commonScale(Rewriter r, Op op, List<Value> x) {
        boolean isSum = op instanceof Add || op instanceof Subtract;
        if (!isSum || !r.is(x.get(0), Multiply.class) || !r.is(x.get(1), Multiply.class)) {
            return Optional.empty();
        }
        for (List<Value> a : Rewriter.bothOrders(r.operands(x.get(0)))) {
            for (List<Value> b : Rewriter.bothOrders(r.operands(x.get(1)))) {
                if (a.get(1).equals(b.get(1)) && isScale(r, a.get(1))) {
                    return Optional.of(r.add(new Multiply(), r.add(op, a.get(0), b.get(0)), a.get(1)));
                }
            }
        }
        return Optional.empty();
    }

    /// x * g * y + z * g -> (x * y + z) * g: a cotangent that arrives on several ways is multiplied once, and what it is multiplied with, the slope, is known before it
    static Optional<Value> commonFactor(Rewriter r, Op op, List<Value> x) {
        boolean isSum = op instanceof Add || op instanceof Subtract;
        if (!isSum || x.stream().anyMatch(term -> !r.is(term, Multiply.class) || !r.isUsedOnce(term))) {
            return Optional.empty();
        }
        List<Value> left = factors(r, x.get(0));
        List<Value> right = factors(r, x.get(1));
        return left.stream().filter(factor -> right.contains(factor) && !isScale(r, factor)).max(Comparator.comparing(Value::id))
                .map(factor -> {
                    left.remove(factor);
                    right.remove(factor);
                    return r.add(new Multiply(), r.add(op, product(r, left), product(r, right)), factor);
                });
    }

    /// What is multiplied in a product whose parts nobody else uses, at least two values; scales last, so that they meet.
    private static List<Value> factors(Rewriter r, Value product) {
        List<Value> factors = new ArrayList<>();
        for (Value operand : r.operands(product)) {
            if (r.is(operand, Multiply.class) && r.isUsedOnceInside(operand)) {
                factors.addAll(factors(r, operand));
            } else {
                factors.add(operand);
            }
        }
        factors.sort(Comparator.comparing(factor -> isScale(r, factor)));
        return factors;
    }

    private static Value product(Rewriter r, List<Value> factors) {
        return factors.stream().skip(1).reduce(factors.getFirst(), (a, b) -> r.add(new Multiply(), a, b));
    }

    private static boolean isScale(Rewriter r, Value x) {
        return r.is(x, Constant.class) || r.is(x, Broadcast.class);
    }
}

package nnet.compiler.emit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Expr.UnaryOp;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.ElementType;

/// What differs from lane to lane when iterations of a loop run side by side, and whether all of it can live in machine vectors.
final class Lanes {

    /// Where the lanes of a vector lie: at the index of the loop, twice or half of it, plus something that does not vary.
    record Place(Spacing spacing, Expr rest) {
    }

    private final Variable index;
    private final boolean isEven;
    private final Map<Variable, Expr> definitions = new HashMap<>();
    private final Map<Variable, List<Expr>> assignments = new HashMap<>();
    private final Set<Variable> varying = new HashSet<>();
    private final Set<Variable> needed = new HashSet<>();
    private final Set<VectorKind> kinds = EnumSet.noneOf(VectorKind.class);
    private final boolean fits;

    /// @param from   where the loop begins
    /// @param values what is computed at the end of the body beyond its stores
    Lanes(Variable index, Expr from, List<Stmt> body, List<Expr> values) {
        this.index = index;
        isEven = from instanceof Expr.Literal && Bounds.value(from) % 2 == 0;
        varying.add(index);
        define(body);
        while (spread()) {
            // A variable that varies may make others vary.
        }
        // Values first: they say which locals of the body are needed.
        fits = values.stream().allMatch(this::fits) && fits(body) && !(kinds.contains(VectorKind.F64) && kinds.size() > 1);
    }

    /// Whether the loop can run in machine vectors.
    boolean fits() {
        return fits;
    }

    /// The kind that decides how many iterations run side by side.
    VectorKind kind() {
        return kinds.contains(VectorKind.F64) ? VectorKind.F64 : VectorKind.F32;
    }

    boolean varies(Variable variable) {
        return varying.contains(variable);
    }

    boolean varies(Expr expression) {
        return expression instanceof Expr.Read(Variable variable)
                ? varies(variable)
                : expression.operands().stream().anyMatch(this::varies);
    }

    /// Whether the values of a variable are needed, not only as a part of indices.
    boolean isNeeded(Variable variable) {
        return needed.contains(variable);
    }

    private void define(List<Stmt> body) {
        for (Stmt statement : body) {
            switch (statement) {
                case Stmt.Let(Variable variable, Expr value) -> definitions.put(variable, value);
                case Stmt.Var(Variable variable, Expr initial) -> assign(variable, initial);
                case Stmt.Assign(Variable variable, Expr value) -> assign(variable, value);
                case Stmt.For loop -> define(loop.body());
                case Stmt.Marked loop -> define(loop.body());
                case Stmt.If choice -> {
                    define(choice.then());
                    define(choice.otherwise());
                }
                case Stmt.Section section -> define(section.body());
                case Stmt.Store _,Stmt.Vector _,Stmt.Reduce _ -> {
                }
            }
        }
    }

    private void assign(Variable variable, Expr value) {
        assignments.computeIfAbsent(variable, _ -> new ArrayList<>()).add(value);
    }

    private boolean spread() {
        Set<Variable> found = new HashSet<>();
        definitions.forEach((variable, value) -> {
            if (varies(value)) {
                found.add(variable);
            }
        });
        assignments.forEach((variable, values) -> {
            if (values.stream().anyMatch(this::varies)) {
                found.add(variable);
            }
        });
        return varying.addAll(found);
    }

    private boolean fits(List<Stmt> body) {
        // From the last statement to the first: whether a local is needed is known when its definition is reached.
        return body.reversed().stream().allMatch(this::fits);
    }

    private boolean fits(Stmt statement) {
        return switch (statement) {
            case Stmt.Let(Variable variable, Expr value) -> !varies(variable) || !isNeeded(variable) || fits(value);
            case Stmt.Var(Variable _, Expr initial) -> fits(initial);
            case Stmt.Assign(Variable variable, Expr value) -> assignments.containsKey(variable) && fits(value);
            case Stmt.Store store -> {
                kinds.add(VectorKind.of(store.buffer().element()));
                yield offset(store.index()).isPresent() && fits(store.value());
            }
            case Stmt.For loop -> !varies(loop.from()) && !varies(loop.to()) && fits(loop.body());
            case Stmt.Marked loop -> !varies(loop.word()) && fits(loop.body());
            case Stmt.If choice -> !varies(choice.condition()) && fits(choice.then()) && fits(choice.otherwise());
            case Stmt.Section section -> fits(section.body());
            case Stmt.Vector _,Stmt.Reduce _ -> false;
        };
    }

    private boolean fits(Expr expression) {
        if (!varies(expression)) {
            return true;
        }
        if (expression.type() != ElementType.BOOL || expression instanceof Expr.Load) {
            kinds.add(VectorKind.of(expression.type()));
        }
        return switch (expression) {
            case Expr.Literal _ -> true;
            case Expr.Read(Variable variable) -> {
                needed.add(variable);
                yield true;
            }
            case Expr.Load load ->
                place(load.index()).filter(place -> place.spacing == Spacing.NEXT || load.type() != ElementType.F64).isPresent();
            case Expr.Unary(UnaryOp _, Expr operand) -> fits(operand);
            case Expr.Binary(BinaryOp op, Expr left, Expr right) -> hasInstruction(op, left, right) && fits(left) && fits(right);
            case Expr.Fma(Expr a, Expr b, Expr c) -> fits(a) && fits(b) && fits(c);
            case Expr.Select(Expr condition, Expr then, Expr otherwise) -> fits(condition) && fits(then) && fits(otherwise);
            case Expr.Convert(ElementType _, Expr operand) -> fits(operand);
            case Expr.Bits(ElementType _, Expr operand) -> fits(operand);
            case Expr.Call _ -> false;
        };
    }

    /// Integers are divided by shifts: the index of a loop, which is not negative, by a power of two.
    private boolean hasInstruction(BinaryOp op, Expr left, Expr right) {
        boolean divides = op == BinaryOp.REMAINDER || op == BinaryOp.DIVIDE;
        return !divides || op == BinaryOp.DIVIDE && left.type().isFloating()
                || left.equals(Expr.read(index)) && right instanceof Expr.Literal && Integer.bitCount(Bounds.value(right)) == 1;
    }

    /// Where an index of every lane lies, if loads can follow it.
    Optional<Place> place(Expr place) {
        return affine(place).flatMap(affine -> switch (affine.factor) {
            case 1 -> Optional.of(new Place(affine.halved ? Spacing.TWICE : Spacing.NEXT, affine.rest));
            case 2 -> affine.halved ? Optional.empty() : Optional.of(new Place(Spacing.ALTERNATE, affine.rest));
            default -> Optional.empty();
        });
    }

    /// What remains of an index that is the index of the loop plus something that does not vary.
    Optional<Expr> offset(Expr place) {
        return place(place).filter(found -> found.spacing == Spacing.NEXT).map(Place::rest);
    }

    /// `factor * index + rest`, or `factor * (index / 2) + rest`, where `rest` does not vary.
    private record Affine(int factor, boolean halved, Expr rest) {
        Optional<Affine> combine(BinaryOp op, Affine other) {
            if (factor != 0 && other.factor != 0 && halved != other.halved) {
                return Optional.empty();
            }
            int sum = op == BinaryOp.ADD ? factor + other.factor : factor - other.factor;
            boolean isHalved = halved || other.halved;
            if (other.rest.equals(Expr.i32(0))) {
                return Optional.of(new Affine(sum, isHalved, rest));
            }
            boolean isOther = op == BinaryOp.ADD && rest.equals(Expr.i32(0));
            return Optional.of(new Affine(sum, isHalved, isOther ? other.rest : new Expr.Binary(op, rest, other.rest)));
        }

        Affine times(int number) {
            return new Affine(number * factor, halved, Expr.multiply(rest, Expr.i32(number)));
        }
    }

    private Optional<Affine> affine(Expr place) {
        if (!varies(place)) {
            return Optional.of(new Affine(0, false, place));
        }
        return switch (place) {
            case Expr.Read(Variable variable) -> variable.equals(index)
                    ? Optional.of(new Affine(1, false, Expr.i32(0)))
                    : Optional.ofNullable(definitions.get(variable)).filter(this::isStable).flatMap(this::affine);
            case Expr.Binary(BinaryOp op, Expr left, Expr right) when op == BinaryOp.ADD || op == BinaryOp.SUBTRACT ->
                affine(left).flatMap(a -> affine(right).flatMap(b -> a.combine(op, b)));
            case Expr.Binary(BinaryOp op, Expr left, Expr.Literal(ElementType _, double value)) when op == BinaryOp.MULTIPLY ->
                affine(left).map(a -> a.times((int) value));
            case Expr.Binary(BinaryOp op, Expr.Literal left, Expr right) when op == BinaryOp.MULTIPLY && !(right instanceof Expr.Literal) ->
                affine(Expr.multiply(right, left));
            case Expr.Binary(BinaryOp op, Expr left, Expr right) when op == BinaryOp.DIVIDE && right.equals(Expr.i32(2)) ->
                affine(left).filter(a -> isEven && a.equals(new Affine(1, false, Expr.i32(0)))).map(_ -> new Affine(1, true, Expr.i32(0)));
            case Expr.Literal _,Expr.Load _,Expr.Unary _,Expr.Binary _,Expr.Fma _,Expr.Select _,Expr.Convert _,Expr.Bits _,Expr.Call _ ->
                Optional.empty();
        };
    }

    /// Whether an expression still has the value of its definition wherever it is used: it reads nothing that is assigned to.
    private boolean isStable(Expr expression) {
        Uses uses = Uses.of(expression);
        return uses.buffers.isEmpty() && uses.read.stream().noneMatch(assignments::containsKey);
    }
}

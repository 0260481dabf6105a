package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Binary;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// The code of one kernel under construction: a stack of open loops. An expression that is named (`let`) lands in the outermost loop that knows all its
/// variables, so what does not depend on a loop is computed before it.
final class Nest {

    private record Scope(List<Stmt> body, Map<Object, Expr> known, boolean isConditional) {
        Scope(boolean isConditional) {
            this(new ArrayList<>(), new HashMap<>(), isConditional);
        }
    }

    /// The values of an index: from the first one to before the last.
    record Range(int from, int to) {
    }

    private final List<Scope> scopes = new ArrayList<>(List.of(new Scope(false)));
    private final Map<Variable, Integer> depths = new HashMap<>();
    private final Map<Variable, Dim> extents = new HashMap<>();
    private final Map<String, Variable> symbols = new LinkedHashMap<>();
    private final Map<Variable, Expr> trips = new HashMap<>();
    private final Map<Variable, Range> ranges = new HashMap<>();
    private final Map<Variable, SortedSet<Integer>> borders = new HashMap<>();
    private final Set<String> used = new LinkedHashSet<>();
    private final Map<Index, Boolean> uses = new LinkedHashMap<>();
    private int next;

    final Variable parallel = declare("p", ElementType.I32);

    Nest(List<String> symbolNames) {
        for (String symbol : symbolNames) {
            symbols.put(symbol, declare(symbol, ElementType.I32));
        }
    }

    /// A new variable that belongs to the innermost open loop.
    Variable declare(String name, ElementType type) {
        Variable variable = new Variable(next++, name, type);
        depths.put(variable, scopes.size() - 1);
        return variable;
    }

    /// A new variable below the given size.
    Variable declareIndex(String name, Dim extent) {
        Variable variable = declare(name, ElementType.I32);
        extents.put(variable, extent);
        return variable;
    }

    /// The size that a loop index stays below, where known.
    Optional<Dim> extent(Variable variable) {
        return Optional.ofNullable(extents.get(variable));
    }

    /// From here on the index of a loop is known to stay in a range.
    void bound(Variable variable, int from, int to) {
        ranges.put(variable, new Range(from, to));
    }

    /// What values an index may have, where that is known.
    Optional<Range> range(Variable variable) {
        return Optional.ofNullable(ranges.get(variable))
                .or(() -> extent(variable).filter(Dim::isFixed).map(extent -> new Range(0, extent.size())));
    }

    /// Remembers that a test changes its answer where the index of a loop gets to `at`.
    void border(Variable variable, int at) {
        borders.computeIfAbsent(variable, _ -> new TreeSet<>()).add(at);
    }

    SortedSet<Integer> borders(Variable variable) {
        return borders.getOrDefault(variable, new TreeSet<>());
    }

    /// How often a loop runs, roughly.
    Expr trips(Variable variable) {
        return trips.getOrDefault(variable, Expr.i32(1));
    }

    /// The symbols that became code.
    List<Variable> usedSymbols() {
        return symbols.keySet().stream().filter(used::contains).map(symbols::get).toList();
    }

    /// Opens the body of a loop over a new index from 0 to below `extent`.
    Variable open(String name, Dim extent) {
        return open(name, extent, size(extent));
    }

    /// Opens the body of a loop over a part of 0 to `extent` that runs `times` times (if that is a literal; else as often as the extent says).
    Variable open(String name, Dim extent, Expr times) {
        scopes.add(new Scope(false));
        Variable index = declareIndex(name, extent);
        trips.put(index, times instanceof Literal ? times : size(extent));
        return index;
    }

    /// Opens a list of statements that is no loop. Out of a conditional one nothing is loaded in advance: it may guard the index.
    void open(boolean isConditional) {
        scopes.add(new Scope(isConditional));
    }

    List<Stmt> close() {
        return List.copyOf(scopes.removeLast().body);
    }

    /// The statements of the innermost open loop.
    List<Stmt> innermost() {
        return List.copyOf(scopes.getLast().body);
    }

    /// The statements outside of all loops.
    List<Stmt> body() {
        return List.copyOf(scopes.getFirst().body);
    }

    void add(Stmt statement) {
        scopes.getLast().body.add(statement);
    }

    int depth() {
        return scopes.size() - 1;
    }

    /// A name for the value of an expression, in the outermost loop possible; equal expressions have one name.
    Expr let(String name, Expr value) {
        if (value instanceof Literal || value instanceof Expr.Read) {
            return value;
        }
        int depth = depth(value);
        Scope scope = scopes.get(depth);
        Expr known = scope.known.get(value);
        if (known != null) {
            return known;
        }
        Variable variable = new Variable(next++, name, value.type());
        depths.put(variable, depth);
        scope.body.add(new Stmt.Let(variable, value));
        Expr read = Expr.read(variable);
        scope.known.put(value, read);
        return read;
    }

    /// Remembers under any key what a value is, as long as the innermost loop that it depends on is open.
    void remember(Object key, Expr value) {
        scopes.get(depth(value)).known.put(key, value);
    }

    Expr recall(Object key) {
        for (Scope scope : scopes.reversed()) {
            Expr known = scope.known.get(key);
            if (known != null) {
                return known;
            }
        }
        return null;
    }

    /// A mutable local of the innermost open loop.
    Variable var(String name, Expr initial) {
        Variable variable = declare(name, initial.type());
        add(new Stmt.Var(variable, initial));
        return variable;
    }

    /// The innermost open loop that an expression depends on. What is loaded from scratch stays where it is asked for, since scratch is written inside loops.
    private int depth(Expr expr) {
        return switch (expr) {
            case Literal _ -> 0;
            case Expr.Read read -> depths.get(read.variable());
            case Expr.Load load -> load.buffer().isScratch() ? depth() : Math.max(depth(load.index()), conditionalDepth());
            case Expr.Unary unary -> depth(unary.operand());
            case Binary binary -> Math.max(depth(binary.left()), depth(binary.right()));
            case Expr.Fma fma -> Math.max(depth(fma.a()), Math.max(depth(fma.b()), depth(fma.c())));
            case Expr.Select select -> Math.max(depth(select.condition()), Math.max(depth(select.then()), depth(select.otherwise())));
            case Expr.Convert convert -> depth(convert.operand());
            case Expr.Bits bits -> depth(bits.operand());
            case Expr.Call call -> depth(call.operand());
        };
    }

    private int conditionalDepth() {
        int depth = depth();
        while (depth > 0 && !scopes.get(depth).isConditional) {
            depth--;
        }
        return depth;
    }

    /// A dimension as a literal or a local.
    Expr dim(Dim dim) {
        return let("n", size(dim));
    }

    /// A dimension as an expression over symbols alone.
    Expr size(Dim dim) {
        Expr result = dim.factor() == 1 && !dim.isFixed() ? null : Expr.i32(dim.factor());
        for (String symbol : dim.symbols()) {
            used.add(symbol);
            Expr read = Expr.read(symbols.get(symbol));
            result = result == null ? read : Expr.multiply(result, read);
        }
        return result;
    }

    /// The code of an index: what changes slowest is added up first and outside of the inner loops. A number comes last, where it costs nothing: rows that lie
    /// a fixed distance apart share everything else.
    Expr expr(Index index) {
        uses.put(index, true);
        Expr sum = null;
        int number = 0;
        for (int depth = 0; depth <= depth(); depth++) {
            for (Index.Term term : index.terms()) {
                if (term.variable().isEmpty() && term.symbols().isEmpty()) {
                    number = term.factor();
                } else if (term.variable().map(depths::get).orElse(0) == depth) {
                    sum = sum == null ? term(term) : plus(sum, term(term));
                }
            }
            if (sum != null && depth < depth()) {
                sum = let("o", sum);
            }
        }
        return sum == null ? Expr.i32(number) : number == 0 ? sum : plus(sum, Expr.i32(number));
    }

    private Expr term(Index.Term term) {
        int factor = term.factor();
        Dim size = new Dim(Math.abs(factor), term.symbols());
        if (term.variable().isEmpty()) {
            return factor < 0 ? multiply(dim(size), Expr.i32(-1)) : dim(size);
        }
        Expr product = multiply(Expr.read(term.variable().get()), dim(size));
        return factor < 0 ? multiply(product, Expr.i32(-1)) : product;
    }

    private static Expr multiply(Expr left, Expr right) {
        if (right instanceof Literal(ElementType _, double b)) {
            if (b == 1) {
                return left;
            }
            if (left instanceof Literal(ElementType _, double a)) {
                return Expr.i32((int) (a * b));
            }
        }
        return Expr.multiply(left, right);
    }

    private static Expr plus(Expr left, Expr right) {
        return left instanceof Literal(ElementType _, double a) && right instanceof Literal(ElementType _, double b)
                ? Expr.i32((int) (a + b))
                : Expr.add(left, right);
    }

    /// The index counts as one that became code, whether it does or not.
    void use(Index index) {
        uses.put(index, true);
    }

    /// All indices that became code so far.
    List<Index> uses() {
        return List.copyOf(uses.keySet());
    }

    void store(Buffer buffer, Index index, Expr value) {
        Expr at = expr(index);
        add(new Stmt.Store(buffer, at, value));
    }

    static Expr min(Expr left, Expr right) {
        return left instanceof Literal(ElementType _, double a) && right instanceof Literal(ElementType _, double b)
                ? Expr.i32((int) Math.min(a, b))
                : new Binary(BinaryOp.MIN, left, right);
    }
}

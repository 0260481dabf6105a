package nnet.compiler.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Kernel;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.ElementType;

/// Splits vector loops and reductions with very long straight bodies: HotSpot compiles long methods slowly or not at all. Such a loop goes through its range in
/// chunks, and runs several shorter loops over each; what one computes and a later one needs waits in scratch, which stays in the nearest cache.
/// What appears: loops over chunks, scratch buffers. What disappears: long bodies. Not a bit of any result changes, for the iterations are independent, and
/// a reduction still combines element i in lane i mod L.
final class Fission {

    /// Operations of a body that HotSpot compiles in good time.
    private static final int LARGEST_BODY = 160;
    /// A multiple of every width and every number of lanes.
    private static final int CHUNK = 128;

    private final Kernel kernel;
    private final List<Buffer> buffers;
    private int nextBuffer;
    /// 0 until it is needed: most kernels have no long bodies.
    private int nextVariable;

    private Fission(Kernel kernel) {
        buffers = new ArrayList<>(kernel.buffers());
        nextBuffer = 1 + buffers.stream().mapToInt(Buffer::id).max().orElse(0);
        this.kernel = kernel;
    }

    static Kernel of(Kernel kernel) {
        Fission fission = new Fission(kernel);
        List<Stmt> body = fission.statements(kernel.body());
        return new Kernel(kernel.name(), fission.buffers, kernel.symbols(), kernel.index(), kernel.extent(), kernel.cost(), body);
    }

    private List<Stmt> statements(List<Stmt> statements) {
        return statements.stream().flatMap(statement -> statement(statement).stream()).toList();
    }

    private List<Stmt> statement(Stmt statement) {
        return switch (statement) {
            case Stmt.Let _,Stmt.Var _,Stmt.Assign _,Stmt.Store _ -> List.of(statement);
            case Stmt.For(var index, var from, var to, int step, var body) ->
                List.of(new Stmt.For(index, from, to, step, statements(body)));
            case Stmt.Marked(var index, var word, var body) -> List.of(new Stmt.Marked(index, word, statements(body)));
            case Stmt.If(var condition, var then, var otherwise) ->
                List.of(new Stmt.If(condition, statements(then), statements(otherwise)));
            case Stmt.Section(String name, var body) -> List.of(new Stmt.Section(name, statements(body)));
            case Stmt.Vector vector -> isLong(vector.body()) ? List.of(split(vector)) : List.of(vector);
            case Stmt.Reduce reduce -> reduce.lanes() > 1 && isLong(reduce.body()) ? split(reduce) : List.of(reduce);
        };
    }

    private static boolean isLong(List<Stmt> body) {
        return body.stream().allMatch(s -> s instanceof Stmt.Let || s instanceof Stmt.Store) && Uses.of(body).operations() > LARGEST_BODY;
    }

    private Stmt split(Stmt.Vector vector) {
        Chunk chunk = new Chunk(vector.index(), vector.from(), vector.to());
        return chunk.loop(chunk.parts(vector.body(), vector.width()));
    }

    /// The lanes wait in scratch as well, from chunk to chunk.
    private List<Stmt> split(Stmt.Reduce reduce) {
        ElementType type = reduce.result().type();
        Buffer lanes = scratch(reduce.result(), reduce.lanes());
        Variable first = variable("lane");
        List<Stmt> out = new ArrayList<>();
        out.add(new Stmt.Vector(first, Expr.i32(0), Expr.i32(reduce.lanes()), reduce.lanes(),
                List.of(new Stmt.Store(lanes, Expr.read(first), Scalar.neutral(reduce.combine(), type)))));
        Chunk chunk = new Chunk(reduce.index(), reduce.from(), reduce.to());
        Buffer values = scratch(reduce.result(), CHUNK);
        List<Stmt> body = new ArrayList<>(reduce.body());
        body.add(new Stmt.Store(values, chunk.place(), reduce.value()));
        List<Stmt> parts = new ArrayList<>(chunk.parts(body, reduce.lanes()));
        Variable block = variable("block");
        Variable lane = variable("lane");
        Expr count = new Expr.Binary(BinaryOp.SUBTRACT, Expr.read(chunk.end), Expr.read(chunk.start));
        Expr rest = new Expr.Binary(BinaryOp.MIN, Expr.i32(reduce.lanes()), new Expr.Binary(BinaryOp.SUBTRACT, count, Expr.read(block)));
        Expr combined = combine(reduce, new Expr.Load(lanes, Expr.read(lane)),
                new Expr.Load(values, Expr.add(Expr.read(lane), Expr.read(block))));
        parts.add(new Stmt.For(block, Expr.i32(0), count, reduce.lanes(),
                List.of(new Stmt.Vector(lane, Expr.i32(0), rest, reduce.lanes(),
                        List.of(new Stmt.Store(lanes, Expr.read(lane), combined))))));
        out.add(chunk.loop(parts));
        out.add(new Stmt.Let(reduce.result(), tree(reduce, lanes, 0, 1)));
        return out;
    }

    private static Expr combine(Stmt.Reduce reduce, Expr left, Expr right) {
        return new Expr.Binary(Serial.operation(reduce.combine()), left, right);
    }

    private static Expr tree(Stmt.Reduce reduce, Buffer lanes, int lane, int width) {
        if (width == reduce.lanes()) {
            return new Expr.Load(lanes, Expr.i32(lane));
        }
        return combine(reduce, tree(reduce, lanes, lane, 2 * width), tree(reduce, lanes, lane + width, 2 * width));
    }

    private Buffer scratch(Variable variable, int size) {
        Buffer buffer = new Buffer(nextBuffer++, variable.name(), variable.type(), Optional.of(size));
        buffers.add(buffer);
        return buffer;
    }

    private Variable variable(String name) {
        if (nextVariable == 0) {
            nextVariable = firstFree();
        }
        return new Variable(nextVariable++, name, ElementType.I32);
    }

    private int firstFree() {
        Uses uses = Uses.of(kernel.body());
        Set<Variable> all = new HashSet<>(uses.read);
        all.addAll(uses.declared);
        all.addAll(kernel.symbols());
        all.add(kernel.index());
        return 1 + all.stream().mapToInt(Variable::id).max().orElse(0);
    }

    /// A loop that goes through its range in chunks.
    private final class Chunk {
        final Variable index;
        final Expr from;
        final Expr to;
        final Variable start = variable("chunk");
        final Variable end = variable("end");

        Chunk(Variable index, Expr from, Expr to) {
            this.index = index;
            this.from = from;
            this.to = to;
        }

        Stmt loop(List<Stmt> parts) {
            List<Stmt> body = new ArrayList<>();
            body.add(new Stmt.Let(end, new Expr.Binary(BinaryOp.MIN, Expr.add(Expr.read(start), Expr.i32(CHUNK)), to)));
            body.addAll(parts);
            return new Stmt.For(start, from, to, CHUNK, body);
        }

        /// The place of an iteration within its chunk.
        Expr place() {
            return new Expr.Binary(BinaryOp.SUBTRACT, Expr.read(index), Expr.read(start));
        }

        /// Loops over one chunk that together do what the body does.
        List<Stmt> parts(List<Stmt> body, int width) {
            List<List<Stmt>> parts = cut(body);
            Carried carried = new Carried(index, body);
            Map<Variable, Buffer> waiting = new HashMap<>();
            List<Stmt> loops = new ArrayList<>();
            for (int p = 0; p < parts.size(); p++) {
                List<Stmt> part = new ArrayList<>(carried.needed(parts.get(p)).stream()
                        .map(variable -> waiting.containsKey(variable)
                                ? new Stmt.Let(variable, new Expr.Load(waiting.get(variable), place()))
                                : carried.definition(variable))
                        .toList());
                part.addAll(parts.get(p));
                List<Stmt> later = parts.subList(p + 1, parts.size()).stream().flatMap(List::stream).toList();
                Uses.of(parts.get(p)).declared.stream().filter(carried.needed(later)::contains).filter(v -> !carried.isRepeatable(v))
                        .forEach(variable -> {
                            waiting.put(variable, scratch(variable, CHUNK));
                            part.add(new Stmt.Store(waiting.get(variable), place(), Expr.read(variable)));
                        });
                loops.add(new Stmt.Vector(index, Expr.read(start), Expr.read(end), width, part));
            }
            return loops;
        }

        /// Parts of about equal length.
        private static List<List<Stmt>> cut(List<Stmt> body) {
            int all = Uses.of(body).operations();
            int count = (all - 1) / LARGEST_BODY + 1;
            int limit = (all - 1) / count + 1;
            List<List<Stmt>> parts = new ArrayList<>(List.of(new ArrayList<>()));
            int operations = 0;
            for (Stmt statement : body) {
                int more = Uses.of(List.of(statement)).operations();
                if (operations > 0 && operations + more / 2 > limit) {
                    parts.add(new ArrayList<>());
                    operations = 0;
                }
                parts.getLast().add(statement);
                operations += more;
            }
            return parts;
        }
    }

    /// What a part needs of the parts before it. Definitions that cost little are repeated rather than carried, above all those that indices are made of.
    private static final class Carried {
        private final Variable index;
        private final Map<Variable, Stmt.Let> definitions = new HashMap<>();
        private final Set<Buffer> stored = new HashSet<>();
        // What has been found out: definitions share their operands, so that asking again at every use would take exponential time.
        private final Map<Variable, Boolean> repeatable = new HashMap<>();
        private final Map<Variable, Boolean> varying = new HashMap<>();

        Carried(Variable index, List<Stmt> body) {
            this.index = index;
            for (Stmt statement : body) {
                switch (statement) {
                    case Stmt.Let let -> definitions.put(let.variable(), let);
                    case Stmt.Store store -> stored.add(store.buffer());
                    case Stmt.Var _,Stmt.Assign _,Stmt.For _,Stmt.Marked _,Stmt.Vector _,Stmt.Reduce _,Stmt.If _,Stmt.Section _ ->
                        throw new IllegalStateException("not a straight body: " + statement);
                }
            }
        }

        Stmt definition(Variable variable) {
            return definitions.get(variable);
        }

        /// Variables that a part reads and does not define, and those that their repeated definitions read; definitions before their uses.
        Set<Variable> needed(List<Stmt> part) {
            Set<Variable> needed = new LinkedHashSet<>();
            Uses.of(part).free().forEach(variable -> collect(variable, needed));
            return needed;
        }

        private void collect(Variable variable, Set<Variable> needed) {
            if (definitions.containsKey(variable) && !needed.contains(variable)) {
                if (isRepeatable(variable)) {
                    Uses.of(definitions.get(variable).value()).read.forEach(read -> collect(read, needed));
                }
                needed.add(variable);
            }
        }

        boolean isRepeatable(Variable variable) {
            Boolean known = repeatable.get(variable);
            if (known == null) {
                known = findRepeatable(variable);
                repeatable.put(variable, known);
            }
            return known;
        }

        private boolean findRepeatable(Variable variable) {
            Expr value = definitions.get(variable).value();
            Uses uses = Uses.of(value);
            boolean isCheap = variable.type() == ElementType.I32 && uses.operations() <= 4 || !varies(value);
            return isCheap && uses.buffers.stream().noneMatch(stored::contains)
                    && uses.read.stream().allMatch(read -> !definitions.containsKey(read) || isRepeatable(read));
        }

        private boolean varies(Expr value) {
            return Uses.of(value).read.stream()
                    .anyMatch(read -> read.equals(index) || definitions.containsKey(read) && varies(read));
        }

        private boolean varies(Variable variable) {
            Boolean known = varying.get(variable);
            if (known == null) {
                known = varies(definitions.get(variable).value());
                varying.put(variable, known);
            }
            return known;
        }
    }
}

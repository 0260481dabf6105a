package nnet.compiler.loop;

import java.util.List;

/// A statement of a kernel.
public sealed interface Stmt {

    /// A local that never changes.
    record Let(Variable variable, Expr value) implements Stmt {
    }

    /// A local that `Assign` may change. In a `Vector` loop it has one value for each iteration.
    record Var(Variable variable, Expr initial) implements Stmt {
    }

    record Assign(Variable variable, Expr value) implements Stmt {
    }

    record Store(Buffer buffer, Expr index, Expr value) implements Stmt {
    }

    /// `for (index = from; index < to; index += step)`, in order.
    record For(Variable index, Expr from, Expr to, int step, List<Stmt> body) implements Stmt {
        public For {
            body = List.copyOf(body);
        }
    }

    /// `body` for each bit of an `I32` that is set, the lowest first: `index` is its place.
    record Marked(Variable index, Expr word, List<Stmt> body) implements Stmt {
        public Marked {
            body = List.copyOf(body);
        }
    }

    /// A loop of step 1 whose iterations are independent: run `width` at a time, `width` a multiple of 16 (8 for `F64`). Stores and loads in it have an
    /// index that is `index` + something that does not depend on it, or does not depend on it at all (loads only); anything else makes the emitter
    /// go element by element. The body may hold `Let`, `Var`, `Assign` (to variables of the body), `Store`, `If`-free `For` and `Marked`.
    record Vector(Variable index, Expr from, Expr to, int width, List<Stmt> body) implements Stmt {
        public Vector {
            body = List.copyOf(body);
        }
    }

    /// `result = combine of value for index in [from, to)`; binds `result`. `body` computes what `value` needs (Let only).
    ///
    /// `lanes` = 1: one after the other, ascending. `lanes` = L (16 for `F32`, 8 for `F64`): element i goes to lane (i - from) mod L; each lane starts from the
    /// neutral element and combines ascending; then `lane[l] = lane[l] combine lane[l + L/2]` for l < L/2, and so on with L/4 ... 1; the result is lane 0.
    record Reduce(Variable result, Combine combine, Variable index, Expr from, Expr to, int lanes, List<Stmt> body,
            Expr value) implements Stmt {
        public Reduce {
            body = List.copyOf(body);
        }
    }

    record If(Expr condition, List<Stmt> then, List<Stmt> otherwise) implements Stmt {
        public If {
            then = List.copyOf(then);
            otherwise = List.copyOf(otherwise);
        }
    }

    /// A part with a name, which the emitter makes a method of its own.
    record Section(String name, List<Stmt> body) implements Stmt {
        public Section {
            body = List.copyOf(body);
        }
    }

    /// How a reduction combines: neutral elements 0 (or -0 does not matter: 0), -infinity, +infinity.
    enum Combine {
        SUM, MAX, MIN
    }
}

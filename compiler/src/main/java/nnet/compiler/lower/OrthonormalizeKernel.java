package nnet.compiler.lower;

import java.util.List;
import java.util.function.Consumer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Binary;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Expr.Unary;
import nnet.compiler.loop.Expr.UnaryOp;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// Modified Gram-Schmidt, run twice for orthogonality to working precision (Giraud, Langou, Rozloznik, "On the loss of orthogonality in the Gram-Schmidt
/// orthogonalization process", 2005). The vectors are the columns of a tall matrix and the rows of a wide one; sums go one after the other.
final class OrthonormalizeKernel {

    private static final int PASSES = 2;

    private final Nest nest;
    private final Place source;
    private final Place result;
    private final ElementType type;
    private final boolean tall;
    private final Dim vectors;
    private final Dim length;

    private OrthonormalizeKernel(Draft draft, Equation equation) {
        nest = draft.nest;
        Value matrix = equation.operands().getFirst();
        Value root = equation.results().getFirst();
        result = draft.target(root);
        draft.read(root);
        type = root.type().element();
        int rows = matrix.shape().dim(0).size();
        int columns = matrix.shape().dim(1).size();
        tall = rows >= columns;
        vectors = Dim.of(Math.min(rows, columns));
        length = Dim.of(Math.max(rows, columns));
        source = draft.source(matrix);
    }

    static KernelCall lower(Draft draft, Equation equation) {
        OrthonormalizeKernel kernel = new OrthonormalizeKernel(draft, equation);
        kernel.loop("i", kernel.length, i -> kernel.loop("v", kernel.vectors,
                v -> kernel.nest.store(kernel.result.buffer(), kernel.offset(kernel.result, v, i), new Expr.Load(kernel.source.buffer(),
                        kernel.nest.expr(kernel.offset(kernel.source, v, i))))));
        kernel.loop("v", kernel.vectors, v -> {
            for (int pass = 0; pass < PASSES; pass++) {
                kernel.subtractEarlier(v);
            }
            kernel.normalize(v);
        });
        return draft.finish("orthonormalize", Expr.i32(1));
    }

    /// `v -= (u . v) u` for every vector u before v.
    private void subtractEarlier(Index v) {
        Variable u = nest.open("u", vectors);
        Variable dot = dot(Index.of(u), v);
        loop("i", length, i -> nest.store(result.buffer(), offset(result, v, i), new Binary(BinaryOp.SUBTRACT, element(v, i),
                Expr.multiply(Expr.read(dot), element(Index.of(u), i)))));
        List<Stmt> body = nest.close();
        nest.add(new Stmt.For(u, Expr.i32(0), nest.expr(v), 1, body));
    }

    private void normalize(Index v) {
        Variable square = dot(v, v);
        Expr norm = nest.let("norm", new Unary(UnaryOp.SQRT, Expr.read(square)));
        loop("i", length, i -> nest.store(result.buffer(), offset(result, v, i), new Binary(BinaryOp.DIVIDE, element(v, i), norm)));
    }

    private Variable dot(Index u, Index v) {
        Variable sum = nest.var("dot", new Expr.Literal(type, 0));
        loop("i", length, i -> nest.add(new Stmt.Assign(sum, new Expr.Fma(element(u, i), element(v, i), Expr.read(sum)))));
        return sum;
    }

    private Expr element(Index vector, Index i) {
        return new Expr.Load(result.buffer(), nest.expr(offset(result, vector, i)));
    }

    private Index offset(Place place, Index vector, Index i) {
        return place.offset(tall ? List.of(i, vector) : List.of(vector, i));
    }

    private void loop(String name, Dim size, Consumer<Index> body) {
        Variable index = nest.open(name, size);
        body.accept(Index.of(index));
        List<Stmt> statements = nest.close();
        nest.add(new Stmt.For(index, Expr.i32(0), nest.dim(size), 1, statements));
    }
}

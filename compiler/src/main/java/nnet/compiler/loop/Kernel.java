package nnet.compiler.loop;

import java.util.List;

/// One parallel loop around a nest: `for (index = 0; index < extent; index++) body`, whose iterations are independent. A kernel without parallelism has
/// the extent 1.
///
/// @param symbols the symbolic dimensions that it uses, given by every call (named like the dimension: `batch`)
/// @param cost    arithmetic operations of one iteration, over the symbols: what the runtime decides by, whether threads pay
public record Kernel(String name, List<Buffer> buffers, List<Variable> symbols, Variable index, Expr extent, Expr cost, List<Stmt> body) {

    public Kernel {
        buffers = List.copyOf(buffers);
        symbols = List.copyOf(symbols);
        body = List.copyOf(body);
    }
}

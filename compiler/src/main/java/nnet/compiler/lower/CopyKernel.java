package nnet.compiler.lower;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Kernel;
import nnet.compiler.loop.LoopProgram.Access;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.source.Span;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// All elements of one value from one place to another.
final class CopyKernel {

    private static final int BLOCK = 16384;

    private CopyKernel() {}

    static KernelCall lower(List<String> symbols, Home from, Home to, Dim size, Span span) {
        ElementType type = from.storage().element();
        Buffer source = new Buffer(0, "a0", type, Optional.empty());
        Buffer target = new Buffer(1, "a1", type, Optional.empty());
        Nest nest = new Nest(symbols);
        Expr extent = RowLoops.emitChunks(nest, size, BLOCK,
                index -> nest.store(target, index, nest.let("x", new Expr.Load(source, nest.expr(index)))));
        Kernel kernel = new Kernel("copy", List.of(source, target), nest.usedSymbols(), nest.parallel, extent, Cost.of(nest), nest.body());
        return new KernelCall(kernel, List.of(from.argument(Access.READ), to.argument(Access.WRITE)), span);
    }
}

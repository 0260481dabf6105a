package nnet.compiler.emit;

import java.util.List;
import nnet.compiler.loop.Kernel;
import nnet.compiler.loop.Stmt;

/// How much code a kernel becomes.
final class Weight {

    /// Operations that HotSpot compiles well in one method, even if they come several times in machine vectors.
    private static final int SMALL = 48;

    private Weight() {
    }

    /// Whether the nests of a kernel should become methods of their own.
    static boolean isLarge(Kernel kernel) {
        return nests(kernel.body()) > 1 && Uses.of(kernel.body()).operations() > SMALL;
    }

    private static int nests(List<Stmt> statements) {
        return statements.stream().mapToInt(Weight::nests).sum();
    }

    private static int nests(Stmt statement) {
        return switch (statement) {
            case Stmt.Let _,Stmt.Var _,Stmt.Assign _,Stmt.Store _ -> 0;
            case Stmt.For loop -> nests(loop.body());
            case Stmt.Marked loop -> nests(loop.body());
            case Stmt.Vector _,Stmt.Reduce _ -> 1;
            case Stmt.If choice -> nests(choice.then()) + nests(choice.otherwise());
            case Stmt.Section section -> Math.max(1, nests(section.body()));
        };
    }
}

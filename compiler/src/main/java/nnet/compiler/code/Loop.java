package nnet.compiler.code;

import static nnet.compiler.code.Expression.demand;

import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/// `for (int index = from; index < to; index += step) body`, in the form that HotSpot knows as a counted loop. `to` is evaluated before every
/// iteration, so it should be a constant or a local.
///
/// @param declares whether the index is a new local; otherwise it is one that was declared before, and keeps its last value
public record Loop(Local index, boolean declares, Expression from, Expression to, int step, List<Statement> body) implements Statement {

    public Loop {
        body = List.copyOf(body);
        demand(index.type().equals(Type.INT) && from.type().equals(Type.INT) && to.type().equals(Type.INT), "loop from %s to %s", from, to);
        demand(step > 0, "step %s", step);
    }

    public static Loop over(Local index, Expression from, Expression to, int step, List<Statement> body) {
        return new Loop(index, true, from, to, step, body);
    }

    @Override
    public void emit(Frame frame) {
        frame.block(() -> {
            Statement start = declares ? new Statement.Declare(index, from) : new Statement.Assign(index, from);
            start.emit(frame);
            Label head = new Label();
            Label end = new Label();
            frame.out.visitLabel(head);
            new Condition.Compare(Condition.Relation.LESS, index, to).jump(frame, false, end);
            Statement.block(body).emit(frame);
            frame.out.visitIincInsn(frame.slot(index), step);
            frame.out.visitJumpInsn(Opcodes.GOTO, head);
            frame.out.visitLabel(end);
        });
    }

    @Override
    public String toString() {
        return "for (" + (declares ? "int " : "") + index + " = " + Printing.bare(from) + "; " + index + " < " + Printing.bare(to) + "; "
                + (step == 1 ? index + "++" : index + " += " + step) + ") " + Printing.braces(body);
    }
}

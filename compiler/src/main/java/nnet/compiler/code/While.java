package nnet.compiler.code;

import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/// `while (condition) body`: HotSpot leaves it as it is, where it would make three loops of a counted one, or more.
public record While(Expression condition, List<Statement> body) implements Statement {

    public While {
        body = List.copyOf(body);
    }

    @Override
    public void emit(Frame frame) {
        Label head = new Label();
        Label end = new Label();
        frame.out.visitLabel(head);
        Condition.jump(condition, frame, false, end);
        Statement.block(body).emit(frame);
        frame.out.visitJumpInsn(Opcodes.GOTO, head);
        frame.out.visitLabel(end);
    }

    @Override
    public String toString() {
        return "while (" + Printing.bare(condition) + ") " + Printing.braces(body);
    }
}

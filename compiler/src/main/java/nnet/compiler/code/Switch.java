package nnet.compiler.code;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/// `switch (selector)` with the cases 0, 1, ...; they do not fall through.
public record Switch(Expression selector, List<Statement.Block> cases, Statement.Block otherwise) implements Statement {

    public Switch {
        cases = List.copyOf(cases);
    }

    @Override
    public void emit(Frame frame) {
        Label end = new Label();
        Label other = new Label();
        Label[] labels = cases.stream().map(_ -> new Label()).toArray(Label[]::new);
        selector.emit(frame);
        if (labels.length == 0) {
            frame.out.visitInsn(Opcodes.POP);
        } else {
            frame.out.visitTableSwitchInsn(0, labels.length - 1, other, labels);
        }
        for (int i = 0; i < labels.length; i++) {
            frame.out.visitLabel(labels[i]);
            cases.get(i).emit(frame);
            frame.out.visitJumpInsn(Opcodes.GOTO, end);
        }
        frame.out.visitLabel(other);
        otherwise.emit(frame);
        frame.out.visitLabel(end);
    }

    @Override
    public String toString() {
        String arms = IntStream.range(0, cases.size()).mapToObj(i -> "case " + i + " -> " + cases.get(i)).collect(Collectors.joining("\n"));
        return "switch (" + Printing.bare(selector) + ") {\n" + Printing.indented((arms + "\ndefault -> " + otherwise).strip()) + "}";
    }
}

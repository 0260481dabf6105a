package nnet.compiler.code;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/// A method while it is written: its instructions so far, the slots of the locals in scope, and where its loops begin and end.
final class Frame {

    final MethodVisitor out;
    private final Map<Local, Integer> slots = new IdentityHashMap<>();
    private final Deque<Local> scope = new ArrayDeque<>();
    private final Set<String> names = new HashSet<>();
    private int nextSlot;

    Frame(MethodVisitor out, boolean hasThis) {
        this.out = out;
        this.nextSlot = hasThis ? 1 : 0;
    }

    /// Gives a local its slot, until the enclosing block ends.
    void declare(Local local) {
        if (!names.add(local.name())) {
            throw new IllegalStateException("two locals are called " + local.name());
        }
        slots.put(local, nextSlot);
        scope.push(local);
        nextSlot += local.type().size();
    }

    /// Runs `block`; the locals that it declares end with it, and their slots are free again.
    void block(Runnable block) {
        int depth = scope.size();
        block.run();
        while (scope.size() > depth) {
            Local local = scope.pop();
            slots.remove(local);
            names.remove(local.name());
            nextSlot -= local.type().size();
        }
    }

    void load(Local local) {
        out.visitVarInsn(local.type().opcode(Opcodes.ILOAD), slot(local));
    }

    void store(Local local) {
        out.visitVarInsn(local.type().opcode(Opcodes.ISTORE), slot(local));
    }

    int slot(Local local) {
        Integer slot = slots.get(local);
        if (slot == null) {
            throw new IllegalStateException("the local " + local.name() + " is not declared here");
        }
        return slot;
    }

    void line(int line) {
        if (line > 0) {
            Label here = new Label();
            out.visitLabel(here);
            out.visitLineNumber(line, here);
        }
    }

    void constant(int value) {
        if (value >= -1 && value <= 5) {
            out.visitInsn(Opcodes.ICONST_0 + value);
        } else if (value == (byte) value) {
            out.visitIntInsn(Opcodes.BIPUSH, value);
        } else if (value == (short) value) {
            out.visitIntInsn(Opcodes.SIPUSH, value);
        } else {
            out.visitLdcInsn(value);
        }
    }
}

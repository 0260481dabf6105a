package nnet.compiler.code;

import static nnet.compiler.code.Expression.demand;

import java.util.List;
import java.util.Optional;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/// A Java statement: it prints as Java and leaves the stack as it was.
public sealed interface Statement permits Statement.Declare, Statement.Assign, Statement.SetElement, Statement.SetField, Statement.Evaluate,
        Statement.Block, Statement.If, Loop, While, Switch, Statement.Return, Statement.Throw, Statement.Line {

    void emit(Frame frame);

    /// `float x = value;`
    record Declare(Local local, Expression value) implements Statement {
        public Declare {
            demand(local.type().equals(value.type()) || local.type().isReference() && value.type().isReference(), "%s %s = %s",
                    local.type(),
                    local, value);
        }

        @Override
        public void emit(Frame frame) {
            value.emit(frame);
            frame.declare(local);
            frame.store(local);
        }

        @Override
        public String toString() {
            return local.type() + " " + local + " = " + Printing.bare(value) + ";";
        }
    }

    /// `x = value;`
    record Assign(Local local, Expression value) implements Statement {
        public Assign {
            demand(local.type().equals(value.type()) || local.type().isReference() && value.type().isReference(), "%s = %s", local, value);
        }

        @Override
        public void emit(Frame frame) {
            if (value instanceof Arithmetic(Arithmetic.Operator operator, Local left, Constant(Type _, Integer step)) && left == local
                    && operator == Arithmetic.Operator.ADD && step == (short) (int) step) {
                frame.out.visitIincInsn(frame.slot(local), step);
            } else {
                value.emit(frame);
                frame.store(local);
            }
        }

        @Override
        public String toString() {
            return local + " = " + Printing.bare(value) + ";";
        }
    }

    /// `array[index] = value;`
    record SetElement(Expression array, Expression index, Expression value) implements Statement {
        public SetElement {
            demand(array.type().isArray() && array.type().element().equals(value.type()) && index.type().equals(Type.INT), "%s[%s] = %s",
                    array,
                    index, value);
        }

        @Override
        public void emit(Frame frame) {
            array.emit(frame);
            index.emit(frame);
            value.emit(frame);
            frame.out.visitInsn(value.type().opcode(Opcodes.IASTORE));
        }

        @Override
        public String toString() {
            return array + "[" + Printing.bare(index) + "] = " + Printing.bare(value) + ";";
        }
    }

    /// `object.field = value;`
    record SetField(FieldValue field, Expression value) implements Statement {
        @Override
        public void emit(Frame frame) {
            field.object().forEach(object -> object.emit(frame));
            value.emit(frame);
            frame.out.visitFieldInsn(field.field().isStatic() ? Opcodes.PUTSTATIC : Opcodes.PUTFIELD, field.field().owner().internalName(),
                    field.field().name(), field.field().type().descriptor());
        }

        @Override
        public String toString() {
            return field + " = " + Printing.bare(value) + ";";
        }
    }

    /// A call whose result is not needed.
    record Evaluate(Expression expression) implements Statement {
        @Override
        public void emit(Frame frame) {
            expression.emit(frame);
            switch (expression.type().size()) {
                case 0 -> {
                }
                case 1 -> frame.out.visitInsn(Opcodes.POP);
                default -> frame.out.visitInsn(Opcodes.POP2);
            }
        }

        @Override
        public String toString() {
            return Printing.bare(expression) + ";";
        }
    }

    /// Statements whose locals end with them.
    record Block(List<Statement> statements) implements Statement {
        public Block {
            statements = List.copyOf(statements);
        }

        @Override
        public void emit(Frame frame) {
            frame.block(() -> statements.forEach(statement -> statement.emit(frame)));
        }

        @Override
        public String toString() {
            return Printing.braces(statements);
        }
    }

    record If(Expression condition, Block then, Optional<Block> otherwise) implements Statement {
        @Override
        public void emit(Frame frame) {
            Label isFalse = new Label();
            Condition.jump(condition, frame, false, isFalse);
            then.emit(frame);
            if (otherwise.isEmpty()) {
                frame.out.visitLabel(isFalse);
                return;
            }
            Label end = new Label();
            frame.out.visitJumpInsn(Opcodes.GOTO, end);
            frame.out.visitLabel(isFalse);
            otherwise.get().emit(frame);
            frame.out.visitLabel(end);
        }

        @Override
        public String toString() {
            return "if (" + Printing.bare(condition) + ") " + then + otherwise.map(block -> " else " + block).orElse("");
        }
    }

    /// `return;` or `return value;`
    record Return(Optional<Expression> value) implements Statement {
        @Override
        public void emit(Frame frame) {
            value.ifPresent(v -> v.emit(frame));
            frame.out.visitInsn(value.map(v -> v.type().opcode(Opcodes.IRETURN)).orElse(Opcodes.RETURN));
        }

        @Override
        public String toString() {
            return value.map(v -> "return " + Printing.bare(v) + ";").orElse("return;");
        }
    }

    record Throw(Expression exception) implements Statement {
        @Override
        public void emit(Frame frame) {
            exception.emit(frame);
            frame.out.visitInsn(Opcodes.ATHROW);
        }

        @Override
        public String toString() {
            return "throw " + exception + ";";
        }
    }

    /// What follows comes from a line of the source, counted from 1.
    record Line(int line) implements Statement {
        @Override
        public void emit(Frame frame) {
            frame.line(line);
        }

        @Override
        public String toString() {
            return "// line " + line;
        }
    }

    static Block block(List<Statement> statements) {
        return new Block(statements);
    }

    static Block block(Statement... statements) {
        return new Block(List.of(statements));
    }

    static If when(Expression condition, Statement... then) {
        return new If(condition, block(then), Optional.empty());
    }

    static Return result(Expression value) {
        return new Return(Optional.of(value));
    }
}

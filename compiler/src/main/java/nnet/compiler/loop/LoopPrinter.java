package nnet.compiler.loop;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import nnet.compiler.loop.LoopProgram.Argument;
import nnet.compiler.loop.LoopProgram.Command;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.LoopProgram.Repeat;
import nnet.compiler.loop.LoopProgram.Share;
import nnet.compiler.loop.LoopProgram.Storage;
import nnet.compiler.source.Span;
import nnet.compiler.type.ElementType;

/// Loop programs as text that `LoopReader` reads back. Variables and buffers are `name.id`; a call ends with the place in the source that it comes from,
/// as a comment.
///
/// ```text
/// program infer(batch)
/// storage 0 "x": f32[batch] data
/// storage 1 "y": f32[batch] slot 0
///
/// kernel 0 double(x.0: f32, y.1: f32) symbols batch.0
/// parallel i.1 = 0 to batch.0 cost 1 {
///     y.1[i.1] = x.0[i.1] * 2.0
/// }
///
/// call 0(read 0, write 1)
/// repeat step.0 = 0 to time {
///     call 0(read 0 + batch*step.0, write 1)
/// }
/// ```
public final class LoopPrinter {

    private static final String PLAIN_NAME = "[A-Za-z_][A-Za-z_0-9.]*";

    private final StringBuilder text = new StringBuilder();
    private int depth;

    private LoopPrinter() {
    }

    public static String print(LoopProgram program) {
        LoopPrinter printer = new LoopPrinter();
        printer.program(program);
        return printer.text.toString();
    }

    public static String print(Kernel kernel) {
        LoopPrinter printer = new LoopPrinter();
        printer.kernel("kernel", kernel);
        return printer.text.toString();
    }

    public static String print(List<Stmt> body) {
        LoopPrinter printer = new LoopPrinter();
        body.forEach(printer::stmt);
        return printer.text.toString();
    }

    private void program(LoopProgram program) {
        line("program " + name(program.name()) + "(" + String.join(", ", program.symbols()) + ")");
        program.storages().forEach(this::storage);
        List<Kernel> kernels = new ArrayList<>(new LinkedHashSet<>(program.calls().stream().map(KernelCall::kernel).toList()));
        for (int i = 0; i < kernels.size(); i++) {
            line("");
            kernel("kernel " + i, kernels.get(i));
        }
        line("");
        program.commands().forEach(command -> command(kernels, command));
    }

    private void command(List<Kernel> kernels, Command command) {
        switch (command) {
            case KernelCall call -> call(kernels.indexOf(call.kernel()), call);
            case Repeat repeat -> {
                String backwards = repeat.backwards() ? " backwards" : "";
                commands("repeat " + Repeat.step(repeat.depth()) + " = 0 to " + repeat.count() + backwards, kernels, repeat.body());
            }
            case Share share -> commands("share " + share.symbol() + " cost " + share.cost(), kernels, share.body());
        }
    }

    private void commands(String heading, List<Kernel> kernels, List<Command> body) {
        line(heading + " {");
        depth++;
        body.forEach(inside -> command(kernels, inside));
        depth--;
        line("}");
    }

    private void storage(Storage storage) {
        String role = storage.role().map(r -> " " + r.name().toLowerCase(Locale.ROOT)).orElse("");
        String position = storage.position().map(p -> " slot " + p.slot() + " from " + p.from()).orElse("");
        line("storage " + storage.id() + " " + quoted(storage.name()) + ": " + storage.element() + "[" + storage.size() + "]" + role
                + position);
    }

    private void call(int kernel, KernelCall call) {
        String arguments = call.arguments().stream().map(LoopPrinter::argument).collect(Collectors.joining(", "));
        String place = call.span().equals(Span.NONE) ? "" : "  // " + call.span();
        line("call " + kernel + "(" + arguments + ")" + place);
    }

    private static String argument(Argument argument) {
        String access = argument.access().name().toLowerCase(Locale.ROOT);
        String offset = argument.offset().terms().isEmpty() ? "" : " + " + argument.offset();
        return access + " " + argument.storage().id() + offset;
    }

    private void kernel(String heading, Kernel kernel) {
        String buffers = kernel.buffers().stream().map(LoopPrinter::formal).collect(Collectors.joining(", "));
        String symbols = kernel.symbols().stream().map(LoopPrinter::variable).collect(Collectors.joining(", "));
        line(heading + " " + name(kernel.name()) + "(" + buffers + ")" + (symbols.isEmpty() ? "" : " symbols " + symbols));
        block("parallel " + range(kernel.index(), Expr.i32(0), kernel.extent()) + " cost " + print(kernel.cost()), kernel.body());
    }

    private static String formal(Buffer buffer) {
        return buffer(buffer) + ": " + buffer.element() + buffer.scratchSize().map(size -> "[" + size + "] scratch").orElse("");
    }

    private void stmt(Stmt stmt) {
        switch (stmt) {
            case Stmt.Let(var variable, var value) -> line("let " + typed(variable) + " = " + print(value));
            case Stmt.Var(var variable, var initial) -> line("var " + typed(variable) + " = " + print(initial));
            case Stmt.Assign(var variable, var value) -> line(variable(variable) + " = " + print(value));
            case Stmt.Store(var buffer, var index, var value) -> line(buffer(buffer) + "[" + print(index) + "] = " + print(value));
            case Stmt.For(var index, var from, var to, int step, var body) ->
                block("for " + range(index, from, to) + (step == 1 ? "" : " step " + step), body);
            case Stmt.Marked(var index, var word, var body) -> block("marked " + variable(index) + " = " + print(word), body);
            case Stmt.Vector(var index, var from, var to, int width, var body) ->
                block("vector " + range(index, from, to) + " width " + width, body);
            case Stmt.Reduce reduce -> reduce(reduce);
            case Stmt.If(var condition, var then, var otherwise) -> {
                block("if " + print(condition), then);
                if (!otherwise.isEmpty()) {
                    text.setLength(text.length() - 1);
                    text.append(" else {\n");
                    rest(otherwise);
                }
            }
            case Stmt.Section(var name, var body) -> block("section " + name(name), body);
        }
    }

    private void reduce(Stmt.Reduce reduce) {
        String combine = reduce.combine().name().toLowerCase(Locale.ROOT);
        line("reduce " + typed(reduce.result()) + " = " + combine + " " + range(reduce.index(), reduce.from(), reduce.to()) + " lanes "
                + reduce.lanes() + " {");
        depth++;
        reduce.body().forEach(this::stmt);
        line("yield " + print(reduce.value()));
        depth--;
        line("}");
    }

    private void block(String heading, List<Stmt> body) {
        line(heading + " {");
        rest(body);
    }

    private void rest(List<Stmt> body) {
        depth++;
        body.forEach(this::stmt);
        depth--;
        line("}");
    }

    private void line(String line) {
        text.append(line.isEmpty() ? "" : "    ".repeat(depth)).append(line).append('\n');
    }

    private static String range(Variable index, Expr from, Expr to) {
        return variable(index) + " = " + print(from) + " to " + print(to);
    }

    private static String typed(Variable variable) {
        return variable(variable) + ": " + variable.type();
    }

    private static String variable(Variable variable) {
        return name(variable.name()) + "." + variable.id();
    }

    private static String buffer(Buffer buffer) {
        return name(buffer.name()) + "." + buffer.id();
    }

    private static String name(String name) {
        return name.matches(PLAIN_NAME) ? name : quoted(name);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /// An expression with no more parentheses than Java programmers want.
    public static String print(Expr expr) {
        return switch (expr) {
            case Expr.Literal(var type, double value) -> literal(type, value);
            case Expr.Read(var variable) -> variable(variable);
            case Expr.Load(var buffer, var index) -> buffer(buffer) + "[" + print(index) + "]";
            case Expr.Unary(var op, var operand) -> unary(op, operand);
            case Expr.Binary(var op, var left, var right) -> Notation.infix(op)
                    .map(sign -> operand(op, left, true) + " " + sign + " " + operand(op, right, false))
                    .orElseGet(() -> call(Notation.word(op), left, right));
            case Expr.Fma(var a, var b, var c) -> call("fma", a, b, c);
            case Expr.Select(var condition, var then, var otherwise) -> call("select", condition, then, otherwise);
            case Expr.Convert(var type, var operand) -> call(type.toString(), operand);
            case Expr.Bits(var type, var operand) -> call("bits_" + type, operand);
            case Expr.Call(var function, var operand) -> call(Notation.word(function), operand);
        };
    }

    private static String call(String function, Expr... operands) {
        return function + List.of(operands).stream().map(LoopPrinter::print).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String unary(Expr.UnaryOp op, Expr operand) {
        return switch (op) {
            case NEGATE -> "-" + primary(operand);
            case NOT -> "!" + primary(operand);
            case SQRT, ABS, FLOOR, ROUND -> call(Notation.word(op), operand);
        };
    }

    private static String primary(Expr operand) {
        boolean simple = operand instanceof Expr.Read || operand instanceof Expr.Load;
        return simple ? print(operand) : "(" + print(operand) + ")";
    }

    private static String operand(Expr.BinaryOp outer, Expr operand, boolean left) {
        if (operand instanceof Expr.Binary(var inner, _, _) && Notation.infix(inner).isPresent()) {
            boolean binds = Notation.binds(inner, outer) || left && Notation.chains(inner, outer);
            return binds ? print(operand) : "(" + print(operand) + ")";
        }
        return print(operand);
    }

    private static String literal(ElementType type, double value) {
        return switch (type) {
            case F32 -> Notation.words(Float.toString((float) value));
            case F64 -> Notation.words(Double.toString(value)) + "d";
            case I32 -> Integer.toString((int) value);
            case BOOL -> value == 0 ? "false" : "true";
        };
    }
}

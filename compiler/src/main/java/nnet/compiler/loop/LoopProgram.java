package nnet.compiler.loop;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import nnet.compiler.source.Span;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// Commands in order, over storages: kernel calls, and loops around them.
///
/// @param symbols names of the dimensions bound at run time; `batch` is the first where there is one
public record LoopProgram(String name, List<String> symbols, List<Storage> storages, List<Command> commands) {

    /// Memory that calls refer to. With a `role` it belongs to the outside: the buffer of that role and name. Without one it is intermediate,
    /// and after the `plan` pass has a `position`.
    public record Storage(int id, String name, ElementType element, Dim size, Optional<Role> role, Optional<Position> position) {
    }

    /// Where an intermediate storage lies: in an array of the workspace, from an element on. It is the same at every size of the batch, in multiples of it.
    public record Position(int slot, Dim from) {

        /// How far a storage of that size reaches into the slot: `from` is a multiple of the same symbols.
        public Dim reach(Dim size) {
            if (from.factor() != 0 && !from.symbols().equals(size.symbols())) {
                throw new IllegalStateException("[" + size + "] from " + from + " on");
            }
            return new Dim(Math.addExact(from.factor(), size.factor()), size.symbols());
        }
    }

    public sealed interface Command {
    }

    /// `arguments` match the buffers of the kernel that are not scratch, in order.
    public record KernelCall(Kernel kernel, List<Argument> arguments, Span span) implements Command {
        public KernelCall {
            arguments = List.copyOf(arguments);
        }
    }

    /// Runs `body` `count` times, one after the other: the steps of a scan. The offsets of arguments in it may be multiples of the number of the step, which goes
    /// from 0 to `count` - 1, or `backwards` down to 0.
    ///
    /// @param depth the loops around this one
    public record Repeat(int depth, Dim count, boolean backwards, List<Command> body) implements Command {

        /// Loops inside one another, at most: a workspace has a counter for each.
        public static final int DEEPEST = 8;

        public Repeat {
            body = List.copyOf(body);
        }

        /// The symbol that stands for the number of the step in offsets.
        public static String step(int depth) {
            return "step." + depth;
        }
    }

    /// Runs `body` for parts of the rows of a batch, which may go to several threads: no row is made of another. In it kernels see the number of rows of a part as the
    /// value of `symbol`. Offsets see the whole batch, and the number of the first row of the part.
    ///
    /// @param cost arithmetic operations for one row: what the runtime decides by, whether threads pay
    public record Share(String symbol, int cost, List<Command> body) implements Command {

        /// The symbol that stands for the number of the first row in offsets.
        public static final String FIRST = "first.row";

        public Share {
            body = List.copyOf(body);
        }
    }

    /// A storage from an element on.
    public record Argument(Storage storage, Offset offset, Access access) {

        /// Where it begins in the array that the storage lies in.
        public Offset begin() {
            return storage.position().map(position -> offset.plus(position.from())).orElse(offset);
        }
    }

    public enum Access {
        READ, WRITE, READ_WRITE
    }

    public LoopProgram {
        symbols = List.copyOf(symbols);
        storages = List.copyOf(storages);
        commands = List.copyOf(commands);
    }

    /// All calls in order, those inside of loops once.
    public List<KernelCall> calls() {
        return commands.stream().flatMap(LoopProgram::calls).toList();
    }

    /// The calls of a command.
    public static Stream<KernelCall> calls(Command command) {
        return switch (command) {
            case KernelCall call -> Stream.of(call);
            case Repeat repeat -> repeat.body().stream().flatMap(LoopProgram::calls);
            case Share share -> share.body().stream().flatMap(LoopProgram::calls);
        };
    }

    /// The same program with every call changed.
    public LoopProgram mapCalls(UnaryOperator<KernelCall> change) {
        return new LoopProgram(name, symbols, storages, map(commands, change));
    }

    private static List<Command> map(List<Command> commands, UnaryOperator<KernelCall> change) {
        return commands.stream().<Command>map(command -> switch (command) {
            case KernelCall call -> change.apply(call);
            case Repeat repeat -> new Repeat(repeat.depth(), repeat.count(), repeat.backwards(), map(repeat.body(), change));
            case Share share -> new Share(share.symbol(), share.cost(), map(share.body(), change));
        }).toList();
    }
}

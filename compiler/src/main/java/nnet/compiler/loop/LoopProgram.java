package nnet.compiler.loop;

import java.util.List;
import java.util.Optional;
import nnet.compiler.source.Span;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// Kernel calls in order, over storages.
///
/// @param symbols names of the dimensions bound at run time; `batch` is the first where there is one
public record LoopProgram(String name, List<String> symbols, List<Storage> storages, List<KernelCall> calls) {

    /// Memory that calls refer to. With a `role` it belongs to the outside: the buffer of that role and name. Without one it is intermediate,
    /// and after the `plan` pass lies in `slot`.
    public record Storage(int id, String name, ElementType element, Dim size, Optional<Role> role, Optional<Integer> slot) {
    }

    /// `arguments` match the buffers of the kernel that are not scratch, in order.
    public record KernelCall(Kernel kernel, List<Argument> arguments, Span span) {
        public KernelCall {
            arguments = List.copyOf(arguments);
        }
    }

    /// A storage from an element on.
    public record Argument(Storage storage, Dim offset, Access access) {
    }

    public enum Access {
        READ, WRITE, READ_WRITE
    }

    public LoopProgram {
        symbols = List.copyOf(symbols);
        storages = List.copyOf(storages);
        calls = List.copyOf(calls);
    }
}

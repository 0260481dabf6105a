package nnet.compiler.emit;

import java.util.Map;
import java.util.Set;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopProgram.Argument;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.LoopProgram.Storage;
import nnet.compiler.type.Dim;

/// Places parameters, gradients and states in the flat buffers: the runtime gives each such storage the whole flat array, so every argument that
/// refers to one gets the offset of that weight added. In the programs of the optimiser they are flat already.
public final class Bind {

    private static final Set<String> FLAT_PROGRAMS = Set.of("update", "prepare");

    private Bind() {
    }

    public static LoopProgram bind(LoopProgram program, Description network) {
        if (FLAT_PROGRAMS.contains(program.name())) {
            return program;
        }
        Map<String, Integer> parameters = Description.offsets(network.parameters());
        Map<String, Integer> states = Description.offsets(network.states());
        return program.mapCalls(call -> new KernelCall(call.kernel(),
                call.arguments().stream().map(argument -> bind(argument, parameters, states)).toList(), call.span()));
    }

    private static Argument bind(Argument argument, Map<String, Integer> parameters, Map<String, Integer> states) {
        Storage storage = argument.storage();
        int base = storage.role().map(role -> switch (role) {
            case PARAMETER, GRADIENT -> parameters.get(storage.name());
            case STATE -> states.get(storage.name());
            case DATA, SETTLED, OPTIMIZER, CONTROL, RESULT -> 0;
        }).orElse(0);
        return base == 0 ? argument : new Argument(storage, argument.offset().plus(Dim.of(base)), argument.access());
    }
}

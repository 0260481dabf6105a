package nnet.compiler.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopProgram.Access;
import nnet.compiler.loop.LoopProgram.Command;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.LoopProgram.Repeat;
import nnet.compiler.loop.LoopProgram.Share;

/// The calls, first and last, between which a storage holds something that is needed.
record Lifetime(int first, int last) {

    boolean overlaps(Lifetime other) {
        return first <= other.last && other.first <= last;
    }

    private Lifetime and(Lifetime other) {
        return new Lifetime(Math.min(first, other.first), Math.max(last, other.last));
    }

    /// By the number of the storage, from the first call that touches it to the last: a call may read and write its arguments in any order, so the result of a
    /// call never shares memory with its operands, unless lowering gave both the same storage. What a loop does not make anew in each of its turns lives through
    /// all of them. Parts of the rows that are shared are at different calls at the same time, so everything there lives through all of these.
    static Map<Integer, Lifetime> of(LoopProgram program) {
        Map<Integer, Lifetime> lifetimes = new HashMap<>();
        collect(program.commands(), 0, lifetimes);
        return lifetimes;
    }

    /// Adds the lifetimes of what commands touch, the first call of which has the number `first`; returns the number behind the last.
    private static int collect(List<Command> commands, int first, Map<Integer, Lifetime> lifetimes) {
        int next = first;
        for (Command command : commands) {
            switch (command) {
                case KernelCall call -> {
                    Lifetime now = new Lifetime(next, next);
                    call.arguments().forEach(argument -> lifetimes.merge(argument.storage().id(), now, Lifetime::and));
                    next++;
                }
                case Repeat repeat -> {
                    Map<Integer, Lifetime> inside = new HashMap<>();
                    int end = collect(repeat.body(), next, inside);
                    Lifetime all = new Lifetime(next, end - 1);
                    Set<Integer> fresh = fresh(repeat);
                    inside.forEach(
                            (storage, lifetime) -> lifetimes.merge(storage, fresh.contains(storage) ? lifetime : all, Lifetime::and));
                    next = end;
                }
                case Share share -> {
                    Map<Integer, Lifetime> inside = new HashMap<>();
                    int end = collect(share.body(), next, inside);
                    Lifetime all = new Lifetime(next, end - 1);
                    inside.keySet().forEach(storage -> lifetimes.merge(storage, all, Lifetime::and));
                    next = end;
                }
            }
        }
        return next;
    }

    /// Storages that each turn of a loop writes as a whole before it reads them, at one place for all turns.
    private static Set<Integer> fresh(Repeat repeat) {
        Set<Integer> seen = new HashSet<>();
        Set<Integer> fresh = new HashSet<>();
        LoopProgram.calls(repeat).flatMap(call -> call.arguments().stream()).forEach(argument -> {
            int storage = argument.storage().id();
            if (!argument.offset().terms().isEmpty()) {
                fresh.remove(storage);
            } else if (seen.add(storage) && argument.access() == Access.WRITE) {
                fresh.add(storage);
            }
            seen.add(storage);
        });
        return fresh;
    }
}

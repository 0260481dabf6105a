package nnet.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import nnet.compiler.Journey;
import nnet.compiler.Texts;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.model.Model;
import nnet.compiler.model.Recipe;
import nnet.compiler.plan.Footprint;
import nnet.compiler.schedule.Target;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Value;
import picocli.CommandLine.Command;

/// `nnc show`: what a network is made of, and what it will cost.
@Command(name = "show", description = "Shows layers, shapes, parameters, multiply-adds, planned memory and kernels of a network.")
final class ShowCommand extends NetworkCommand {

    @Override
    boolean run() throws IOException {
        String between = "";
        for (Texts one : source.each()) {
            terminal().out().print(between);
            Snapshots nouns = new Snapshots();
            Optional<Model> model = source.lower(one, terminal(), Target.VECTOR512, nouns);
            if (model.isEmpty()) {
                return false;
            }
            show(model.get(), nouns);
            between = System.lineSeparator();
        }
        return true;
    }

    private void show(Model model, Snapshots nouns) {
        terminal().out().println(Layers.signature(model));
        terminal().out().println();
        Layers.table(model).print(terminal().out());
        terminal().out().println();
        long parameters = Layers.parameters(model);
        long frozen = parameters - model.trainableSize();
        long states = model.states().stream().mapToLong(Layers::size).sum();
        terminal().out()
                .println(Numbers.count(parameters, "parameter") + (frozen == 0 ? "" : ", " + Numbers.grouped(frozen) + " of them frozen")
                        + (states == 0 ? "" : ", " + Numbers.count(states, "number") + " of state"));
        Optional.ofNullable(nouns.graphs.get("infer")).ifPresent(infer -> terminal().out()
                .println(Numbers.count(multiplyAdds(infer), "multiply-add") + " for one prediction"));
        terminal().out().println();
        int batch = model.recipe().map(Recipe::batch).orElse(1);
        TextTable programs = new TextTable("program", "kernels", "memory at batch " + batch, "alive at once", "without sharing");
        nouns.programs.forEach((name, program) -> {
            Footprint memory = Footprint.of(program, batch);
            programs.row(name, program.calls().size(), bytes(memory.planned()), bytes(memory.alive()), bytes(memory.separate()));
        });
        programs.print(terminal().out());
        Optional.ofNullable(nouns.programs.get("settle")).ifPresent(settle -> terminal().out()
                .println("\n" + Numbers.bytes(settled(settle)) + " of weights in another form, for predictions"));
    }

    /// Programs that need no memory of their own leave their cells empty.
    private static String bytes(long count) {
        return count == 0 ? "" : Numbers.bytes(count);
    }

    private static long settled(LoopProgram settle) {
        return settle.storages().stream().filter(storage -> storage.role().equals(Optional.of(Graph.Role.SETTLED)))
                .mapToLong(storage -> 4L * storage.size().size()).sum();
    }

    /// Products of all contractions, for one example.
    private static long multiplyAdds(Graph graph) {
        long sum = 0;
        for (Equation equation : graph.equations()) {
            if (equation.op() instanceof Contraction contraction) {
                sum += contraction.products(equation.operands().stream().map(Value::type).toList());
            }
        }
        return sum;
    }

    /// Keeps the graphs of single examples and the planned programs that pass by.
    private static final class Snapshots implements Journey {

        private final Map<String, Graph> graphs = new LinkedHashMap<>();
        private final Map<String, LoopProgram> programs = new LinkedHashMap<>();

        @Override
        public <N> N pass(String name, String unit, Supplier<N> work) {
            N noun = work.get();
            switch (noun) {
                case Graph graph when name.equals("optimise") -> graphs.put(graph.name(), graph);
                case LoopProgram program -> programs.put(program.name(), program);
                default -> {
                }
            }
            return noun;
        }
    }
}

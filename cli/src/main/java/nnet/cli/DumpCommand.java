package nnet.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import nnet.compiler.Journey;
import nnet.compiler.code.ClassCode;
import nnet.compiler.emit.KernelClass;
import nnet.compiler.fuse.Fused;
import nnet.compiler.loop.LoopPrinter;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.parse.Parsed;
import nnet.compiler.schedule.Target;
import nnet.compiler.source.NearName;
import nnet.compiler.syntax.SyntaxPrinter;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Printer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `nnc dump`: what the compiler thinks, after any of its passes.
@Command(name = "dump", description = "Prints an intermediate form of a network as text.")
final class DumpCommand extends NetworkCommand {

    @Option(names = "--after", paramLabel = "PASS", description = "The pass whose result is printed, such as parse, batch, optimise, plan; optimise if absent.")
    String pass = "optimise";

    @Option(names = "--program", paramLabel = "NAME", description = "Only this program: initialize, infer, evaluate, gradient, update, metrics.")
    String program = "";

    @Option(names = "--java", description = "Prints the kernels as Java.")
    boolean java;

    @Option(names = "--target", paramLabel = "TARGET", description = "The kind of machine that loops are scheduled for: ${COMPLETION-CANDIDATES}.")
    TargetName target = TargetName.Vector512;

    /// Kinds of machines, by the names that their classes end with.
    enum TargetName {
        Scalar, Vector128, Vector256, Vector512;

        Target target() {
            return Target.all().stream().filter(candidate -> candidate.name().equals(name())).findFirst().orElseThrow();
        }
    }

    @Override
    boolean run() throws IOException {
        Printing printing = new Printing();
        if (source.compile(source.read(), terminal(), List.of(target.target()), printing).isEmpty()) {
            return false;
        }
        if (java) {
            ClassCode kernels = KernelClass.code("Kernels", printing.planned, target.target());
            terminal().out().println(kernels);
            return true;
        }
        if (!printing.passes.contains(pass)) {
            throw Mistake.ofUsage("no pass is called `" + pass + "`",
                    NearName.hint(pass, printing.passes).orElse("the passes are " + String.join(", ", printing.passes)));
        }
        return true;
    }

    /// Prints what passes by.
    private final class Printing implements Journey {

        private final Set<String> passes = new LinkedHashSet<>();
        private final List<LoopProgram> planned = new ArrayList<>();

        @Override
        public <N> N pass(String name, String unit, Supplier<N> work) {
            N noun = work.get();
            passes.add(name);
            if (noun instanceof LoopProgram loops && name.equals("plan") && wanted(unit)) {
                planned.add(loops);
            }
            if (!java && name.equals(pass) && wanted(unit)) {
                text(noun).ifPresent(text -> print(name, unit, text));
            }
            return noun;
        }

        private boolean wanted(String unit) {
            return program.isEmpty() || unit.equals(program) || unit.startsWith(program + "/");
        }

        private void print(String name, String unit, String text) {
            PrintStream out = terminal().out();
            out.println("// " + name + " " + unit);
            out.println(text);
        }
    }

    /// The text of a noun that has one.
    private static Optional<String> text(Object noun) {
        return switch (noun) {
            case Parsed parsed -> Optional.of(SyntaxPrinter.print(parsed.file()));
            case Graph graph -> Optional.of(Printer.print(graph));
            case Fused fused -> Optional.of(fused.print());
            case LoopProgram loops -> Optional.of(LoopPrinter.print(loops));
            case ClassCode code -> Optional.of(code.toString());
            case nnet.compiler.check.Checked checked -> checked.model().map(model -> Layers.signature(model) + "\n" + Layers.table(model));
            default -> Optional.empty();
        };
    }
}

package nnet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import nnet.compiler.Compilation;
import nnet.compiler.Compiler;
import nnet.compiler.Journey;
import nnet.compiler.Texts;
import nnet.compiler.check.Checked;
import nnet.compiler.model.Model;
import nnet.compiler.schedule.Target;
import nnet.compiler.source.Diagnostic;
import nnet.runtime.Vectors;
import nnet.runtime.Workers;
import nnet.trainer.LoadedNetwork;
import nnet.trainer.NetworkFile;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The options of every command that reads a source, and what they mean.
final class SourceOptions {

    @Parameters(index = "0", paramLabel = "FILE", description = "The .nnet file with the network.")
    Path file;

    @Option(names = "--network", paramLabel = "NAME", description = "Which network is meant, of a file that declares several.")
    String network;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Replaces a constant or a setting of the recipe. May be given several times.")
    Map<String, String> overrides = new LinkedHashMap<>();

    @Option(names = "--time-passes", description = "Tells how long each pass of the compiler took.")
    boolean timePasses;

    private Optional<Texts> texts = Optional.empty();

    /// What the compiler reads; the files are read once.
    Texts read() throws IOException {
        if (texts.isEmpty()) {
            Texts all = NetworkFile.read(file, overrides);
            texts = Optional.of(network == null ? all : all.of(network));
        }
        return texts.get();
    }

    /// What the compiler reads for each network that is meant: for all of the file where none is named.
    List<Texts> each() throws IOException {
        return network == null ? read().each() : List.of(read());
    }

    /// The folder that paths in the recipe are relative to.
    Path folder() {
        return file.toAbsolutePath().getParent();
    }

    /// Checks the networks that are meant and shows what is to be said about their source. Empty if something is wrong.
    List<Model> check(Terminal terminal) throws IOException {
        PassTimes times = new PassTimes(Journey.SILENT);
        List<Checked> checked = each().stream().map(new Compiler(times)::check).toList();
        List<Diagnostic> said = checked.stream().flatMap(one -> one.diagnostics().stream()).distinct().toList();
        terminal.show(said);
        tell(times, terminal);
        return said.stream().anyMatch(Diagnostic::isError) ? List.of() : checked.stream().flatMap(one -> one.model().stream()).toList();
    }

    /// Compiles a network and shows what is to be said about its source. Empty if it has errors.
    Optional<Compilation> compile(Texts one, Terminal terminal, List<Target> targets, Journey journey) {
        PassTimes times = new PassTimes(journey);
        Compilation compilation = new Compiler(times).compile(one, targets);
        terminal.show(compilation.diagnostics());
        tell(times, terminal);
        return compilation.model().isPresent() ? Optional.of(compilation) : Optional.empty();
    }

    /// Checks a network and makes its programs, without writing classes: enough to say what it will cost. Empty if it has errors.
    Optional<Model> lower(Texts one, Terminal terminal, Target target, Journey journey) {
        PassTimes times = new PassTimes(journey);
        Compiler compiler = new Compiler(times);
        Checked checked = compiler.check(one);
        terminal.show(checked.diagnostics());
        checked.model().ifPresent(model -> compiler.loops(compiler.fused(compiler.graphs(model)), List.of(target)));
        tell(times, terminal);
        return checked.model();
    }

    /// Compiles the network and loads it into this JVM: of several the one that is named, or that alone has a recipe. Empty if it has errors.
    Optional<LoadedNetwork> load(Terminal terminal) throws IOException {
        return load(terminal, _ -> {
        });
    }

    /// The same for somebody who looks at the network before it is compiled.
    Optional<LoadedNetwork> load(Terminal terminal, Consumer<Model> look) throws IOException {
        Vectors.prepare();
        PassTimes times = new PassTimes(Journey.SILENT);
        texts = Optional.of(read().trained());
        LoadedNetwork.Outcome outcome = LoadedNetwork.compile(read(), times, look);
        terminal.show(outcome.diagnostics());
        tell(times, terminal);
        return outcome.network();
    }

    private void tell(PassTimes times, Terminal terminal) {
        if (timePasses) {
            times.print(terminal.err());
        }
    }

    /// `--threads N` of the commands that compute.
    static final class Threads {

        @Option(names = "--threads", paramLabel = "N", description = "Threads to use; all processors if absent. Results do not depend on it.")
        Integer count;

        /// Threads of its own if a number is given, otherwise the shared ones.
        Workers workers() {
            return count().isPresent() ? Workers.of(count().getAsInt()) : Workers.shared();
        }

        /// Refuses what cannot be before anything is done.
        void check() {
            if (count != null && (count < 1 || count > 1024)) {
                throw Mistake.ofUsage("--threads takes a number from 1 to 1024, not " + count, "");
            }
        }

        OptionalInt count() {
            check();
            return count == null ? OptionalInt.empty() : OptionalInt.of(count);
        }
    }
}

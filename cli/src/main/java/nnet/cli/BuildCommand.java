package nnet.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import nnet.compiler.source.Diagnostic;
import nnet.embed.build.FolderBuild;
import nnet.embed.build.FolderTraining;
import nnet.embed.build.Folders;
import nnet.trainer.RecipeException;
import nnet.trainer.data.DataException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `nnc build`: a folder of sources, for build tools.
@Command(name = "build", mixinStandardHelpOptions = true, usageHelpAutoWidth = true, description = "Compiles, checks or trains all networks below a folder; only what has changed is made anew. Build tools use it.")
final class BuildCommand implements Callable<Integer> {

    @ParentCommand
    private Nnc nnc;

    @Parameters(index = "0", paramLabel = "SOURCES", description = "The root of the packages with the .nnet files.")
    Path sources;

    @Option(names = {"-d", "--directory"}, paramLabel = "DIR", required = true, description = "The root of the class files, as with javac.")
    Path classes;

    @Option(names = "--java", paramLabel = "DIR", description = "Writes the class that applications use as Java source below this folder, with its documentation, instead of "
            + "as a class file.")
    Path java;

    @Option(names = "--record", paramLabel = "FILE", required = true, description = "The file that remembers what was made from what.")
    Path record;

    @Option(names = "--imports", paramLabel = "PATH", description = "Folders and jars to import from, separated as in a class path.")
    String imports = "";

    @Option(names = "--check", description = "Only says what is wrong with the sources.")
    boolean check;

    @Option(names = "--train", paramLabel = "CACHE", description = "Trains the networks that have a recipe, once for the same sources and data; the trainings are kept in this folder.")
    Path cache;

    @Option(names = "--lines", description = "Prints everything as lines of texts separated by tabs, for programs to read.")
    boolean lines;

    @Override
    public Integer call() throws IOException {
        Messages messages = lines ? new Messages.Lines(nnc.terminal().out()) : new Messages.Shown(nnc.terminal());
        try {
            return run(messages) ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (RecipeException mistake) {
            messages.show(List.of(mistake.diagnostic()));
        } catch (DataException mistake) {
            messages.error(mistake.getMessage(), mistake.hint().orElse(""));
        }
        return ExitCode.SOFTWARE;
    }

    private boolean run(Messages messages) throws IOException {
        if (!Files.isDirectory(sources) && !Files.exists(record)) {
            messages.error(sources + ": there is no such folder", "");
            return false;
        }
        Folders folders = new Folders(absolute(sources), absolute(classes), Optional.ofNullable(java).map(BuildCommand::absolute),
                absolute(record), roots());
        if (check) {
            List<Diagnostic> found = FolderBuild.check(folders);
            messages.show(found);
            return found.stream().noneMatch(Diagnostic::isError);
        }
        return cache == null ? build(folders, messages) : train(folders, messages);
    }

    private boolean build(Folders folders, Messages messages) throws IOException {
        FolderBuild.Outcome outcome = FolderBuild.run(folders);
        messages.show(outcome.diagnostics());
        outcome.compiled().forEach(messages::compiled);
        outcome.made().forEach(messages::made);
        return outcome.isRight();
    }

    private boolean train(Folders folders, Messages messages) throws IOException {
        FolderTraining.Outcome outcome = FolderTraining.run(folders, absolute(cache));
        messages.show(outcome.diagnostics());
        outcome.trained().forEach(trained -> messages.note(trained.network() + ": " + (trained.scores().isEmpty()
                ? "trained before, weights taken from the cache"
                : trained.scores().entrySet().stream().map(split -> split.getKey() + " loss " + Numbers.brief(split.getValue().loss())
                        + split.getValue().metrics().entrySet().stream()
                                .map(metric -> ", " + metric.getKey() + " " + Numbers.brief(metric.getValue()))
                                .collect(Collectors.joining()))
                        .collect(Collectors.joining("; ", "trained, ", "")))));
        outcome.trained().forEach(trained -> messages.made(trained.weights()));
        return outcome.isRight();
    }

    private List<Path> roots() {
        return Arrays.stream(imports.split(File.pathSeparator)).filter(path -> !path.isEmpty()).map(Path::of).toList();
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}

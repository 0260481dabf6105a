package nnet.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nnet.compiler.model.Model;
import nnet.compiler.model.Recipe;
import nnet.compiler.model.Step;
import nnet.compiler.model.Variable;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Scan;

/// How much a training will compute at most, told from the network and the length of its tables before anything is read.
///
/// It is told for dense networks on plain tables alone. All others, and all that is not known, count as large.
public final class Effort {

    /// What plain scalar code does in some tenths of a second.
    private static final double SMALL = 1e8;
    /// Forward and backward, and the forward of a validation.
    private static final int PASSES = 4;
    /// What a step costs beside its examples, in the same unit: a multiply-add.
    private static final double STEP = 3_000;
    /// The lines of larger files are not counted.
    private static final int LARGEST_FILE = 1 << 18;
    private static final double UNKNOWN = Double.POSITIVE_INFINITY;

    private final Recipe recipe;
    private final Path folder;

    private Effort(Recipe recipe, Path folder) {
        this.recipe = recipe;
        this.folder = folder;
    }

    /// Whether the training is over in a moment on any machine and in any form of its kernels.
    ///
    /// @param folder what paths in the recipe are relative to
    /// @param times  how often the network is trained
    public static boolean isSmall(Model model, Path folder, int times) {
        return model.lengths().isEmpty() && model.recipe().map(recipe -> times * new Effort(recipe, folder).total() < SMALL).orElse(true);
    }

    private double total() {
        double rows = rows();
        return recipe.epochs() * (rows * PASSES * of(recipe.train().steps()) + Math.ceil(rows / recipe.batch()) * STEP);
    }

    /// A file that is not there is soon told.
    private double rows() {
        double rows = 0;
        for (Recipe.Call call : Stream.of(recipe.data(), recipe.validation(), recipe.test()).flatMap(Optional::stream).toList()) {
            if (!call.name().equals("csv")) {
                return UNKNOWN;
            }
            for (Path file : new Sources(folder, recipe.seed()).of(call).files()) {
                rows += rows(file);
            }
        }
        return rows;
    }

    private static double rows(Path file) {
        try {
            return file.toString().endsWith(".gz") || Files.size(file) > LARGEST_FILE ? UNKNOWN : lines(Files.readAllBytes(file));
        } catch (IOException _) {
            return 0;
        }
    }

    /// A row takes a line at least.
    private static int lines(byte[] text) {
        int lines = 1;
        for (byte each : text) {
            lines += each == '\n' ? 1 : 0;
        }
        return lines;
    }

    private static double of(List<Step> steps) {
        double sum = 0;
        for (Step step : steps) {
            sum += switch (step) {
                case Step.Instance layer -> of(layer.steps());
                case Step.Compute compute -> of(compute);
            };
        }
        return sum;
    }

    /// What has no body looks at each of its elements about once.
    private static double of(Step.Compute compute) {
        return switch (compute.op()) {
            case Contraction contraction -> contraction.products(compute.operands().stream().map(Variable::type).toList());
            case Scan _ -> UNKNOWN;
            default -> elements(compute.operands()) + elements(compute.results());
        };
    }

    private static double elements(List<Variable> variables) {
        return variables.stream().mapToDouble(variable -> variable.type().shape().size().size()).sum();
    }
}

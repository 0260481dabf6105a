package nnet.trainer;

import java.nio.file.Path;
import java.util.Optional;
import nnet.compiler.model.Recipe;
import nnet.trainer.data.ArraySource;
import nnet.trainer.data.CsvOptions;
import nnet.trainer.data.CsvSource;
import nnet.trainer.data.DataSource;
import nnet.trainer.data.ImageSource;
import nnet.trainer.data.Normalizer;

/// The data sources that a recipe declares, made from its calls.
final class Sources {

    private final Path folder;

    /// @param folder what paths are relative to
    Sources(Path folder) {
        this.folder = folder;
    }

    DataSource of(Recipe.Call call) {
        Arguments arguments = new Arguments(call);
        return switch (call.name()) {
            case "csv" -> csv(arguments);
            case "idx" ->
                new ArraySource(ArraySource.Format.IDX, arguments.texts("images"), arguments.texts("labels"), folder, Optional.empty(),
                        normalization(arguments));
            case "npy" ->
                new ArraySource(ArraySource.Format.NPY, arguments.texts("inputs"), arguments.texts("targets"), folder, Optional.empty(),
                        normalization(arguments));
            case "npz" -> new ArraySource(ArraySource.Format.NPZ, arguments.texts("inputs"), arguments.texts("targets"), folder,
                    Optional.of(file(arguments, "path")), normalization(arguments));
            case "images" -> new ImageSource(file(arguments, "path"), normalization(arguments));
            default -> throw new RecipeException(call.span(), "the data source `" + call.name() + "` is not known", "");
        };
    }

    private DataSource csv(Arguments arguments) {
        String delimiter = arguments.text("delimiter").orElse(",");
        CsvOptions options = new CsvOptions(arguments.truth("header"), delimiter.charAt(0), arguments.texts("inputs"),
                arguments.texts("targets"));
        return new CsvSource(file(arguments, "path"), options, normalization(arguments));
    }

    private Path file(Arguments arguments, String name) {
        return folder.resolve(arguments.text(name).orElseThrow(() -> arguments.missing(name)));
    }

    private static Optional<Normalizer.Kind> normalization(Arguments arguments) {
        return arguments.text("normalize").map(way -> switch (way) {
            case "standardized" -> Normalizer.Kind.STANDARDIZED;
            case "min_max" -> Normalizer.Kind.MIN_MAX;
            default -> throw arguments.wrong("normalize", "\"standardized\" or \"min_max\"");
        });
    }
}

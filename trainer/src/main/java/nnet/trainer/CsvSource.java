package nnet.trainer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import nnet.compiler.model.Recipe;
import nnet.trainer.data.CsvOptions;
import nnet.trainer.data.CsvReader;
import nnet.trainer.data.Dataset;
import nnet.trainer.data.Normalizer;
import nnet.trainer.data.Table;

/// What `csv("file.csv", header: false, delimiter: ";", inputs: [...], targets: [...], normalize: "standardized")` of a recipe means.
final class CsvSource {

    private CsvSource() {
    }

    static Table read(Recipe.Call call, Path folder) {
        return CsvReader.read(path(call, folder), options(call));
    }

    static Path path(Recipe.Call call, Path folder) {
        if (!call.name().equals("csv")) {
            throw new RecipeException(call.span(), "the data source `" + call.name() + "` is not known", "known: csv(\"file.csv\")");
        }
        return folder
                .resolve(text(call, "path").orElseThrow(() -> new RecipeException(call.span(), "csv needs a file", "csv(\"file.csv\")")));
    }

    static CsvOptions options(Recipe.Call call) {
        String delimiter = text(call, "delimiter").orElse(",");
        if (delimiter.length() != 1) {
            throw new RecipeException(call.span(), "the delimiter \"" + delimiter + "\" is not one character", "delimiter: \";\"");
        }
        return new CsvOptions(header(call), delimiter.charAt(0), names(call, "inputs"), names(call, "targets"));
    }

    /// Fits a normaliser to the values of one port.
    static Normalizer normalizer(Recipe.Argument way, Dataset.Values values) {
        if ("standardized".equals(way.value())) {
            return Normalizer.standardized(values);
        }
        if ("min_max".equals(way.value())) {
            return Normalizer.minMax(values);
        }
        throw new RecipeException(way.span(), "`" + way.value() + "` is no way to normalise",
                "normalize: \"standardized\" or normalize: \"min_max\"");
    }

    private static Optional<Boolean> header(Recipe.Call call) {
        return call.argument("header").map(argument -> {
            if (argument.value() instanceof Boolean header) {
                return header;
            }
            throw new RecipeException(argument.span(), "`header` is true or false", "");
        });
    }

    private static Optional<String> text(Recipe.Call call, String name) {
        return call.argument(name).map(argument -> {
            if (argument.value() instanceof String text) {
                return text;
            }
            throw new RecipeException(argument.span(), "`" + name + "` is a text", name + ": \"...\"");
        });
    }

    private static List<String> names(Recipe.Call call, String name) {
        return call.argument(name)
                .map(argument -> argument.value() instanceof List<?> list
                        ? list.stream().map(String::valueOf).toList()
                        : List.of(argument.value().toString()))
                .orElse(List.of());
    }
}

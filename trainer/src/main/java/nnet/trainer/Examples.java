package nnet.trainer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nnet.compiler.model.Model;
import nnet.compiler.model.Port;
import nnet.compiler.model.Recipe;
import nnet.trainer.data.Binding;
import nnet.trainer.data.CsvOptions;
import nnet.trainer.data.CsvReader;
import nnet.trainer.data.Dataset;
import nnet.trainer.data.Split;
import nnet.trainer.data.Table;

/// The data of a recipe, read, bound to the ports of the network and split.
///
/// @param files everything that was read, for the report
/// @param notes what a user may want to know about how the files were read
public record Examples(Binding binding, Dataset train, Optional<Dataset> validation, Optional<Dataset> test, List<Path> files, List<String> notes) {

    /// Reads the data of a recipe.
    ///
    /// @param folder what paths in the recipe are relative to
    /// @throws nnet.trainer.data.DataException for mistakes in the files
    /// @throws RecipeException                 for a source that cannot be used
    public static Examples of(Model model, Recipe recipe, Path folder) {
        Recipe.Call data = recipe.data().orElseThrow(() -> new RecipeException(recipe.span(), "this recipe names no data", "add: data = csv(\"file.csv\")"));
        Path file = folder.resolve(Source.path(data));
        CsvOptions options = Source.options(data);
        Table table = CsvReader.read(file, options);
        Binding binding = Binding.of(table, ports(model.inputs()), ports(recipe.targets()), options);
        Dataset all = binding.read(table);
        Split split = Split.of(all.rows(), recipe.split().validation(), recipe.split().test(), recipe.seed());
        Optional<Dataset> validation = recipe.validation().map(call -> binding.read(read(call, folder)));
        Optional<Dataset> test = recipe.test().map(call -> binding.read(read(call, folder)));
        List<Path> files = Stream.of(recipe.data(), recipe.validation(), recipe.test()).flatMap(Optional::stream).map(call -> folder.resolve(Source.path(call))).distinct()
                .toList();
        return new Examples(binding, all.select(split.train()), validation.or(() -> part(all, split.validation())), test.or(() -> part(all, split.test())), files,
                List.of(note(table, binding)));
    }

    private static Table read(Recipe.Call source, Path folder) {
        return CsvReader.read(folder.resolve(Source.path(source)), Source.options(source));
    }

    private static Optional<Dataset> part(Dataset all, int[] rows) {
        return rows.length == 0 ? Optional.empty() : Optional.of(all.select(rows));
    }

    private static String note(Table table, Binding binding) {
        return table.file().getFileName() + ": " + table.rows().size() + " rows, " + table.columns() + " columns, " + (table.names().isPresent() ? "with" : "without")
                + " header, columns bound by " + (binding.byName() ? "name" : "order");
    }

    /// The ports of a network as columns of a table.
    static List<nnet.trainer.data.Port> ports(List<Port> ports) {
        return ports.stream().map(Examples::port).toList();
    }

    private static nnet.trainer.data.Port port(Port port) {
        if (port.categories().isEmpty()) {
            return nnet.trainer.data.Port.real(port.name(), port.type().shape().size().size());
        }
        if (port.type().rank() > 0) {
            throw new RecipeException(port.span(), "`" + port.name() + "` is a sequence of categories, which a CSV file cannot give yet", "");
        }
        return nnet.trainer.data.Port.category(port.name(), port.categories().getAsInt());
    }

    /// `csv("file.csv", header: false, delimiter: ";", inputs: [...], targets: [...])`.
    private static final class Source {

        static String path(Recipe.Call call) {
            if (!call.name().equals("csv")) {
                throw new RecipeException(call.span(), "the data source `" + call.name() + "` is not known", "known: csv(\"file.csv\")");
            }
            return (String) call.argument("path").orElseThrow(() -> new RecipeException(call.span(), "csv needs a file", "csv(\"file.csv\")")).value();
        }

        static CsvOptions options(Recipe.Call call) {
            Optional<Boolean> header = call.argument("header").map(argument -> (Boolean) argument.value());
            String delimiter = call.argument("delimiter").map(argument -> (String) argument.value()).orElse(",");
            if (delimiter.length() != 1) {
                throw new RecipeException(call.span(), "the delimiter \"" + delimiter + "\" is not one character", "delimiter: \";\"");
            }
            return new CsvOptions(header, delimiter.charAt(0), names(call, "inputs"), names(call, "targets"));
        }

        private static List<String> names(Recipe.Call call, String argument) {
            return call.argument(argument).map(found -> ((List<?>) found.value()).stream().map(String::valueOf).toList()).orElse(List.of());
        }
    }
}

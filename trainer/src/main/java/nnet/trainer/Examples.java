package nnet.trainer;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import nnet.compiler.model.Model;
import nnet.compiler.model.Port;
import nnet.compiler.model.Recipe;
import nnet.trainer.data.Binding;
import nnet.trainer.data.CsvOptions;
import nnet.trainer.data.CsvReader;
import nnet.trainer.data.Dataset;
import nnet.trainer.data.Encoding;
import nnet.trainer.data.Labels;
import nnet.trainer.data.Normalizer;
import nnet.trainer.data.Split;
import nnet.trainer.data.Table;

/// The data of a recipe, read, bound to the ports of the network, split and normalised.
///
/// @param encoding what the training rows told about how to read data; it belongs to the weights
/// @param files    everything that was read, for the report
/// @param notes    what a user may want to know about how the files were read
public record Examples(Binding binding, Encoding encoding, Dataset train, Optional<Dataset> validation, Optional<Dataset> test,
        List<Path> files,
        List<String> notes) {

    /// Reads the data of a recipe for training.
    ///
    /// @param folder what paths in the recipe are relative to
    /// @throws nnet.trainer.data.DataException for mistakes in the files
    /// @throws RecipeException                 for a source that cannot be used
    public static Examples of(Model model, Recipe recipe, Path folder) {
        return of(model, recipe, folder, Encoding.NONE);
    }

    /// Reads the data of a recipe.
    ///
    /// @param known of weights that are there already; what it lacks is learned from the training rows
    public static Examples of(Model model, Recipe recipe, Path folder, Encoding known) {
        Source source = new Source(model, recipe, folder, known);
        Split split = Split.of(source.all.rows(), recipe.split().validation(), recipe.split().test(), recipe.seed());
        return source.examples(split, known);
    }

    /// The data of a recipe once for each fold: every row that is not kept for the test is validated on in exactly one of them.
    ///
    /// @param folds at least 2, at most as many as there are rows
    public static List<Examples> folds(Model model, Recipe recipe, Path folder, int folds) {
        Source source = new Source(model, recipe, folder, Encoding.NONE);
        Split split = Split.of(source.all.rows(), 0, recipe.split().test(), recipe.seed());
        int[] rows = split.train();
        if (folds > rows.length) {
            throw new RecipeException(recipe.span(), folds + " folds of " + rows.length + " rows are too many", "");
        }
        return Split.folds(rows.length, folds, recipe.seed()).stream()
                .map(fold -> source.examples(new Split(pick(rows, fold.train()), pick(rows, fold.validation()), split.test()),
                        Encoding.NONE))
                .toList();
    }

    private static int[] pick(int[] rows, int[] places) {
        return Arrays.stream(places).map(place -> rows[place]).toArray();
    }

    /// Reads rows to predict: the inputs alone, or all columns of the training data.
    ///
    /// @throws nnet.trainer.data.DataException for mistakes in the file
    public static Dataset inputs(Model model, Path file, Encoding known) {
        CsvOptions recipe = model.recipe().flatMap(Recipe::data).map(CsvSource::options).orElse(CsvOptions.STANDARD);
        Table table = CsvReader.read(file, new CsvOptions(Optional.empty(), recipe.delimiter(), recipe.inputs(), List.of()));
        List<nnet.trainer.data.Port> inputs = ports(model.inputs());
        List<nnet.trainer.data.Port> targets = model.recipe().map(r -> ports(r.targets())).orElse(List.of());
        int width = inputs.stream().mapToInt(nnet.trainer.data.Port::size).sum();
        boolean isWhole = table.columns() > width
                && targets.stream().allMatch(port -> !port.isCategory() || known.labels().containsKey(port.name()));
        Binding binding = Binding.of(table, inputs, isWhole ? targets : List.of(), recipe, known.labels());
        Dataset rows = binding.readInputs(table);
        known.normalize(rows);
        return rows;
    }

    /// The files of a recipe, read once.
    private static final class Source {

        private final Recipe.Call call;
        private final Binding binding;
        private final Dataset all;
        private final Optional<Dataset> validation;
        private final Optional<Dataset> test;
        private final List<Path> files;
        private final String note;

        Source(Model model, Recipe recipe, Path folder, Encoding known) {
            call = recipe.data()
                    .orElseThrow(() -> new RecipeException(recipe.span(), "this recipe names no data", "add: data = csv(\"file.csv\")"));
            Table table = CsvSource.read(call, folder);
            binding = Binding.of(table, ports(model.inputs()), ports(recipe.targets()), CsvSource.options(call), known.labels());
            all = binding.read(table);
            validation = recipe.validation().map(other -> binding.read(CsvSource.read(other, folder)));
            test = recipe.test().map(other -> binding.read(CsvSource.read(other, folder)));
            files = Stream.of(recipe.data(), recipe.validation(), recipe.test()).flatMap(Optional::stream)
                    .map(source -> CsvSource.path(source, folder)).distinct().toList();
            note = note(table, binding);
        }

        private static String note(Table table, Binding binding) {
            return table.file().getFileName() + ": " + table.rows().size() + " rows, " + table.columns() + " columns, "
                    + (table.names().isPresent() ? "with" : "without") + " header, columns bound by "
                    + (binding.byName() ? "name" : "order");
        }

        Examples examples(Split split, Encoding known) {
            Dataset train = all.select(split.train());
            Optional<Dataset> validated = part(split.validation()).or(() -> validation.map(Dataset::copy));
            Optional<Dataset> tested = test.map(Dataset::copy).or(() -> part(split.test()));
            Encoding encoding = new Encoding(labels(), known.normalizers().isEmpty() ? normalizers(train) : known.normalizers());
            Stream.of(Optional.of(train), validated, tested).flatMap(Optional::stream).forEach(encoding::normalize);
            return new Examples(binding, encoding, train, validated, tested, files, List.of(note));
        }

        private Optional<Dataset> part(int[] rows) {
            return rows.length == 0 ? Optional.empty() : Optional.of(all.select(rows));
        }

        private Map<String, Labels> labels() {
            Map<String, Labels> labels = new LinkedHashMap<>();
            for (int i = 0; i < binding.labels().size(); i++) {
                String port = i < binding.inputs().size()
                        ? binding.inputs().get(i).name()
                        : binding.targets().get(i - binding.inputs().size()).name();
                binding.labels().get(i).ifPresent(known -> labels.put(port, known));
            }
            return labels;
        }

        /// Statistics of the training rows alone, for every input of real numbers.
        private Map<String, Normalizer> normalizers(Dataset train) {
            Optional<Recipe.Argument> way = call.argument("normalize");
            Map<String, Normalizer> normalizers = new LinkedHashMap<>();
            for (int i = 0; way.isPresent() && i < train.inputs().size(); i++) {
                if (!train.inputs().get(i).isCategory()) {
                    normalizers.put(train.inputs().get(i).name(), CsvSource.normalizer(way.get(), train.input(i)));
                }
            }
            return normalizers;
        }
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
            throw new RecipeException(port.span(), "`" + port.name() + "` is a sequence of categories, which a CSV file cannot give yet",
                    "");
        }
        return nnet.trainer.data.Port.category(port.name(), port.categories().getAsInt());
    }
}

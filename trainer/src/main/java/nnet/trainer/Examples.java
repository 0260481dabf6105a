package nnet.trainer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nnet.compiler.model.Model;
import nnet.compiler.model.Recipe;
import nnet.trainer.data.CsvOptions;
import nnet.trainer.data.CsvSource;
import nnet.trainer.data.DataSource;
import nnet.trainer.data.Dataset;
import nnet.trainer.data.Encoding;
import nnet.trainer.data.Material;
import nnet.trainer.data.Rows;
import nnet.trainer.data.Split;

/// The data of a recipe, read, divided and encoded for the ports of the network.
///
/// @param encoding what the training rows told about how to read data; it belongs to the weights
/// @param files    everything that was read, for the report
/// @param notes    what a user may want to know about how the files were read
public record Examples(Encoding encoding, Dataset train, Optional<Dataset> validation, Optional<Dataset> test, List<Path> files,
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
        Reading reading = new Reading(model, recipe, folder, known);
        return reading.examples(reading.split(parts(recipe)));
    }

    /// The data of a recipe once for each fold: every row that is not kept for the test is validated on in exactly one of them.
    ///
    /// @param folds at least 2, at most as many as there are rows
    public static List<Examples> folds(Model model, Recipe recipe, Path folder, int folds) {
        Reading reading = new Reading(model, recipe, folder, Encoding.NONE);
        if (reading.data.isOrdered()) {
            throw new RecipeException(recipe.data().orElseThrow().span(), "the order of these data forbids to divide them into folds", "");
        }
        Split split = reading.split(new Split.Parts(0, recipe.split().test(), recipe.split().isDrawn()));
        int rows = split.train().count();
        if (folds > rows) {
            throw new RecipeException(recipe.span(), folds + " folds of " + rows + " rows are too many", "");
        }
        return Split.folds(rows, folds, recipe.seed()).stream()
                .map(fold -> reading
                        .examples(new Split(split.train().pick(fold.train()), split.train().pick(fold.validation()), split.test())))
                .toList();
    }

    private static Split.Parts parts(Recipe recipe) {
        return new Split.Parts(recipe.split().validation(), recipe.split().test(), recipe.split().isDrawn());
    }

    /// Reads examples to predict, in the way that the recipe reads its own; as a table where there is no recipe.
    ///
    /// @throws nnet.trainer.data.DataException for mistakes in the file
    public static DataSource.Questions questions(Model model, Path file, Encoding known) {
        Sources sources = new Sources(file.toAbsolutePath().getParent(), 0);
        DataSource source = model.recipe().flatMap(Recipe::data).map(sources::of)
                .orElseGet(() -> new CsvSource(file, CsvOptions.STANDARD, Optional.empty()));
        return source.questions(file, Ports.of(model.inputs()),
                model.recipe().map(recipe -> Ports.targets(model, recipe)).orElse(List.of()),
                known);
    }

    /// A recipe and its data as they lie in their files.
    private static final class Reading {

        private final Recipe recipe;
        private final Encoding known;
        private final Sources sources;
        private final Ports ports;
        private final Material data;

        Reading(Model model, Recipe recipe, Path folder, Encoding known) {
            this.recipe = recipe;
            this.known = known;
            sources = new Sources(folder, recipe.seed());
            ports = new Ports(Ports.of(model.inputs()), Ports.targets(model, recipe));
            Recipe.Call declared = recipe.data()
                    .orElseThrow(() -> new RecipeException(recipe.span(), "this recipe names no data", "add: data = csv(\"file.csv\")"));
            data = ports.open(sources.of(declared), known);
        }

        Split split(Split.Parts parts) {
            try {
                return Split.of(data.rows(), data.isOrdered() ? parts.inOrder() : parts, recipe.seed());
            } catch (IllegalArgumentException tooMuch) {
                throw new RecipeException(recipe.split().span(), tooMuch.getMessage(),
                        "choose other parts: below 1 a share of the rows, from 1 on a number of rows");
            }
        }

        Examples examples(Split split) {
            Encoding encoding = data.learn(split.train(), known);
            Optional<Material> validation = recipe.validation().map(call -> ports.open(sources.of(call), encoding));
            Optional<Material> test = recipe.test().map(call -> ports.open(sources.of(call), encoding));
            List<String> notes = Stream.of(Optional.of(data), validation, test).flatMap(Optional::stream).map(Material::note).toList();
            List<Path> files = Stream.of(recipe.data(), recipe.validation(), recipe.test()).flatMap(Optional::stream)
                    .flatMap(call -> sources.of(call).files().stream()).distinct().toList();
            return new Examples(encoding,
                    data.part(split.train(), encoding).augmented(Augmentations.of(recipe, ports.inputs()), recipe.seed()),
                    part(split.validation(), validation, encoding),
                    part(split.test(), test, encoding), files, notes);
        }

        /// A source of its own has precedence over a part of the data.
        private Optional<Dataset> part(Rows kept, Optional<Material> own, Encoding encoding) {
            return own.map(material -> material.part(Rows.all(material.rows()), encoding))
                    .or(() -> kept.count() == 0 ? Optional.empty() : Optional.of(data.part(kept, encoding)));
        }
    }
}

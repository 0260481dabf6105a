package nnet.trainer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import nnet.compiler.model.Recipe;
import nnet.trainer.data.ArraySource;
import nnet.trainer.data.CsvOptions;
import nnet.trainer.data.CsvSource;
import nnet.trainer.data.DataSource;
import nnet.trainer.data.ImageSource;
import nnet.trainer.data.LabelledTextSource;
import nnet.trainer.data.Normalizer;
import nnet.trainer.data.SequencesSource;
import nnet.trainer.data.SeriesSource;
import nnet.trainer.data.TextSource;
import nnet.trainer.data.TextPairsSource;
import nnet.trainer.data.text.Tokens;

/// The data sources that a recipe declares, made from its calls.
final class Sources {

    private final Path folder;
    private final long seed;

    /// @param folder what paths are relative to
    /// @param seed   of what sources draw
    Sources(Path folder, long seed) {
        this.folder = folder;
        this.seed = seed;
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
            case "text" -> text(arguments);
            case "texts" -> texts(arguments);
            case "pairs" -> pairs(arguments);
            case "series" -> series(arguments);
            case "sequences" -> sequences(arguments);
            default -> throw new RecipeException(call.span(), "the data source `" + call.name() + "` is not known", "");
        };
    }

    private DataSource csv(Arguments arguments) {
        String delimiter = arguments.text("delimiter").orElse(",");
        CsvOptions options = new CsvOptions(arguments.truth("header"), delimiter.charAt(0), arguments.texts("inputs"),
                arguments.texts("targets"));
        return new CsvSource(file(arguments, "path"), options, normalization(arguments));
    }

    private DataSource text(Arguments arguments) {
        return new TextSource(file(arguments, "path"), tokens(arguments, Tokens.Kind.CHARACTERS),
                optional(arguments.whole("stride")), seed);
    }

    private DataSource texts(Arguments arguments) {
        LabelledTextSource.TableColumns table = new LabelledTextSource.TableColumns(arguments.word("text").orElse(""),
                arguments.word("label").orElse(""), table(arguments));
        return new LabelledTextSource(file(arguments, "path"), tokens(arguments, Tokens.Kind.WORDS), table,
                arguments.truth("cut").orElse(false));
    }

    private DataSource pairs(Arguments arguments) {
        return new TextPairsSource(file(arguments, "path"), table(arguments),
                arguments.word("from").orElseThrow(() -> arguments.missing("from")),
                arguments.word("to").orElseThrow(() -> arguments.missing("to")), tokens(arguments, Tokens.Kind.WORDS),
                arguments.truth("cut").orElse(false));
    }

    /// How a table is to be read whose columns are named elsewhere.
    private static CsvOptions table(Arguments arguments) {
        return new CsvOptions(arguments.truth("header"), arguments.text("delimiter").orElse(",").charAt(0), List.of(), List.of());
    }

    /// A series is standardised unless the recipe says otherwise: forecasts of numbers far from 0 are learnt badly.
    private DataSource series(Arguments arguments) {
        Optional<Normalizer.Kind> way = arguments.text("normalize").isEmpty()
                ? Optional.of(Normalizer.Kind.STANDARDIZED)
                : arguments.text("normalize").filter(word -> !word.equals("none")).flatMap(_ -> normalization(arguments));
        return new SeriesSource(file(arguments, "path"), table(arguments), arguments.texts("columns"), arguments.word("target"),
                optional(arguments.whole("horizon")), optional(arguments.whole("season")), way);
    }

    private DataSource sequences(Arguments arguments) {
        return new SequencesSource(file(arguments, "path"), table(arguments),
                arguments.word("by").orElseThrow(() -> arguments.missing("by")),
                arguments.texts("columns"), arguments.word("label").orElseThrow(() -> arguments.missing("label")),
                arguments.truth("cut").orElse(false), normalization(arguments));
    }

    private static OptionalInt optional(Optional<Integer> number) {
        return number.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    /// Characters are a closed set, words are not: that decides what becomes of unknown ones where the recipe does not say it.
    private static Tokens tokens(Arguments arguments, Tokens.Kind standard) {
        Optional<Arguments> call = arguments.call("tokens").map(Arguments::new);
        Tokens.Kind kind = call.map(one -> switch (one.call().name()) {
            case "characters" -> Tokens.Kind.CHARACTERS;
            case "words" -> one.truth("lower").orElse(false) ? Tokens.Kind.LOWER_WORDS : Tokens.Kind.WORDS;
            case "bpe" -> Tokens.Kind.BYTE_PAIRS;
            default -> throw new RecipeException(one.call().span(), "tokens of kind `" + one.call().name() + "` are not known", "");
        }).orElse(standard);
        OptionalInt limit = optional(call.flatMap(one -> one.whole("vocabulary")));
        String unknown = arguments.text("unknown").orElse(kind == Tokens.Kind.CHARACTERS ? "error" : "replace");
        return new Tokens(kind, limit, unknown.equals("replace") ? Tokens.Unknown.REPLACE : Tokens.Unknown.ERROR);
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

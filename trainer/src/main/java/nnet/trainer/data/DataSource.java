package nnet.trainer.data;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/// Where examples come from: what a recipe declares by `data = csv("iris.csv")` and the like.
///
/// From a declaration to examples there is one way: `open` reads and checks the files, a `Split` divides the rows of what they hold, `Material.learn`
/// takes from the training rows what must be known to encode any rows, and `Material.part` encodes.
public sealed interface DataSource
        permits CsvSource, ArraySource, ImageSource, TextSource, LabelledTextSource, TextPairsSource, SeriesSource,
        SequencesSource {

    /// Every file that the examples depend on, for hashes.
    List<Path> files();

    /// Reads the files for training or evaluation.
    ///
    /// @param known what weights that are there already know about the data
    /// @throws DataException for mistakes in the files
    Material open(List<Port> inputs, List<Port> targets, Encoding known);

    /// Reads a file of examples to predict in the way that this source reads its own.
    ///
    /// @param targets of the network: a file may hold them as well, they are skipped
    /// @throws DataException for mistakes in the file
    Questions questions(Path file, List<Port> inputs, List<Port> targets, Encoding known);

    /// Examples without answers.
    ///
    /// @param names of the examples, where they have any (names of image files); otherwise empty
    /// @param end   where the second input of each is the beginning of a text that the network writes on: the token that ends it
    record Questions(Dataset examples, List<String> names, OptionalInt end) {
        public Questions {
            names = List.copyOf(names);
        }

        Questions(Dataset examples, List<String> names) {
            this(examples, names, OptionalInt.empty());
        }
    }
}

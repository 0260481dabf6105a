package nnet.trainer.data;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import nnet.trainer.data.file.TextFile;
import nnet.trainer.data.text.Tokens;
import nnet.trainer.data.text.Vocabulary;

/// `text("file.txt", tokens: characters)`: one long text. An example is as many tokens of it as the network takes, and what comes next: the same tokens one place
/// further on for a network that answers at each place, the one token after them for one that answers once.
///
/// A row is a character of the file: the parts of a text are stretches of it, the first for training.
///
/// @param stride tokens from the beginning of one example to that of the next; absent: as many as an example has
/// @param seed   of what is drawn in each epoch
public record TextSource(Path file, Tokens tokens, OptionalInt stride, long seed) implements DataSource {

    @Override
    public List<Path> files() {
        return List.of(file);
    }

    @Override
    public Material open(List<Port> inputs, List<Port> targets, Encoding known) {
        Port input = input(inputs);
        boolean fits = targets.size() == 1 && targets.getFirst().isCategory() && targets.getFirst().categories() == input.categories()
                && (targets.getFirst().shape().isEmpty() || targets.getFirst().shape().equals(input.shape()));
        if (!fits) {
            throw DataException.in(file, "is a text of which the next token is to be learnt, but the network learns "
                    + String.join(", ", targets.stream().map(Port::type).toList()),
                    "its output must be " + input.type() + " or category(" + input.categories() + ")");
        }
        String text = TextFile.read(file);
        if (text.isEmpty()) {
            throw DataException.in(file, "is empty", "");
        }
        return new Stream(text, input, targets.getFirst());
    }

    private Port input(List<Port> inputs) {
        Port input = inputs.getFirst();
        if (inputs.size() != 1 || !input.isCategory() || input.shape().size() != 1) {
            throw DataException.in(file, "is a text, but the network takes " + String.join(", ", inputs.stream().map(Port::type).toList()),
                    "its input must be category(k)[n]: n tokens of a vocabulary of k");
        }
        return input;
    }

    /// A text to go on from: as many stretches of it as there are, without a remainder.
    @Override
    public Questions questions(Path asked, List<Port> inputs, List<Port> targets, Encoding known) {
        Port input = input(inputs);
        Vocabulary vocabulary = known.vocabularies().get(input.name());
        if (vocabulary == null) {
            throw DataException.in(asked, "cannot be read: the weights have no vocabulary", "train the network on a text");
        }
        int[] read = encode(asked, TextFile.read(asked), 0, vocabulary);
        int rows = read.length / input.size();
        if (rows == 0) {
            throw DataException.in(asked, "has " + read.length + " tokens, but the network takes " + input.size(), "");
        }
        return new Questions(Dataset.of(List.of(new Values.TokenWindows(input, read, input.size(), 0, read.length, 0, 0)), List.of(), rows),
                List.of());
    }

    /// @param before how many lines of the file come before the text
    private static int[] encode(Path file, String text, long before, Vocabulary vocabulary) {
        try {
            return vocabulary.encode(text);
        } catch (Vocabulary.UnknownToken unknown) {
            throw DataException.at(file, before + TextFile.line(text, unknown.at()),
                    "holds `" + unknown.shown() + "`, which the training part does not have", "`unknown: replace` makes a token for such");
        }
    }

    private final class Stream implements Material {

        private final String text;
        private final Port input;
        private final Port target;

        Stream(String text, Port input, Port target) {
            this.text = text;
            this.input = input;
            this.target = target;
        }

        @Override
        public int rows() {
            return text.length();
        }

        @Override
        public boolean isOrdered() {
            return true;
        }

        @Override
        public Encoding learn(Rows train, Encoding known) {
            if (known.vocabularies().containsKey(input.name())) {
                return known;
            }
            try {
                Vocabulary vocabulary = tokens.learn(List.of(text.substring(train.at(0), train.at(0) + train.count())), input.categories(),
                        List.of());
                return known.withVocabulary(input.name(), vocabulary).withVocabulary(target.name(), vocabulary);
            } catch (IllegalArgumentException tooMany) {
                throw DataException.in(file, tooMany.getMessage(),
                        "`" + input.title() + "` is " + input.type() + "; make it larger, or let the rest be one token: unknown: replace");
            }
        }

        @Override
        public Dataset part(Rows rows, Encoding encoding) {
            Vocabulary vocabulary = encoding.vocabularies().get(input.name());
            if (vocabulary.size() > input.categories()) {
                throw DataException.in(file,
                        "its vocabulary has " + vocabulary.size() + " tokens, but `" + input.title() + "` is " + input.type(), "");
            }
            int from = rows.count() == 0 ? 0 : rows.at(0);
            int[] part = encode(file, text.substring(from, from + rows.count()), TextFile.line(text, from) - 1, vocabulary);
            int last = part.length - input.size() - 1;
            if (last < 0) {
                boolean isAll = rows.count() == text.length();
                throw DataException.in(file, (isAll ? "has " : "a part of it has ") + part.length + " tokens, fewer than the "
                        + (input.size() + 1) + " that one example needs", isAll ? "" : "keep a larger share of it in `split`");
            }
            int step = stride.orElse(input.size());
            int ahead = 1 + input.size() - target.size();
            return Dataset.of(List.of(new Values.TokenWindows(input, part, step, 0, last, seed, 0)),
                    List.of(new Values.TokenWindows(target, part, step, ahead, last, seed, 0)), 1 + last / step);
        }

        @Override
        public String note() {
            return file.getFileName() + ": " + text.length() + " characters";
        }
    }
}

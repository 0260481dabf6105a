package nnet.trainer.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nnet.trainer.data.file.DataFile;
import nnet.trainer.data.file.LabelledTexts;
import nnet.trainer.data.text.Tokens;
import nnet.trainer.data.text.Vocabulary;

/// `texts("reviews", tokens: words)`: texts with a label each, to be told apart. They lie in folders (or in a tar archive of folders), one for each label, or in the
/// columns of a table.
///
/// A text becomes as many tokens as the network takes: what is missing at the end is padding, token 0. A second input of the network gets the number of tokens of each
/// text (`i32`), or 1 for each token and 0 for padding (`i32[n]`).
///
/// @param table       columns of text and label, where it is a table
/// @param isTruncated whether of longer texts the first tokens are taken; otherwise they are a mistake
public record LabelledTextSource(Path path, Tokens tokens, TableColumns table, boolean isTruncated) implements DataSource {

    /// @param text  empty: the first column
    /// @param label empty: the last column
    public record TableColumns(String text, String label, CsvOptions options) {

        /// The names of columns that must be there.
        List<String> wanted(boolean isLabelled) {
            return Stream.of(text, isLabelled ? label : "").filter(name -> !name.isEmpty()).toList();
        }
    }

    @Override
    public List<Path> files() {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException problem) {
            throw DataFile.unreadable(path, problem);
        }
    }

    @Override
    public Material open(List<Port> inputs, List<Port> targets, Encoding known) {
        requireInputs(inputs);
        Port target = targets.getFirst();
        if (targets.size() != 1 || !target.isCategory() || !target.shape().isEmpty()) {
            throw DataException.in(path, "gives texts with one label each, but the network learns "
                    + String.join(", ", targets.stream().map(Port::type).toList()), "its output must be category(k)");
        }
        List<LabelledTexts.Item> items = items(path, true);
        Labels labels = known.labels().containsKey(target.name()) ? known.labels().get(target.name()) : learnt(items, target);
        int[] numbers = new int[items.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = labels.texts().indexOf(items.get(i).label());
            if (numbers[i] < 0) {
                throw items.get(i).refusal("has the label \"" + items.get(i).label() + "\", which is not known",
                        "known labels are " + String.join(", ", labels.texts()));
            }
        }
        return new Labelled(new Texts(items, inputs, new Values.Integers(target, numbers)), Map.of(target.name(), labels));
    }

    private Labels learnt(List<LabelledTexts.Item> items, Port target) {
        TreeSet<String> found = new TreeSet<>();
        items.forEach(item -> found.add(item.label()));
        if (found.size() > target.categories()) {
            throw DataException.in(path, "holds texts of " + found.size() + " labels, but `" + target.title() + "` is " + target.type(),
                    "the labels are " + String.join(", ", found.stream().limit(8).toList()));
        }
        return new Labels(List.copyOf(found));
    }

    private void requireInputs(List<Port> inputs) {
        Port input = inputs.getFirst();
        boolean fits = input.isCategory() && input.shape().size() == 1
                && (inputs.size() == 1 || inputs.size() == 2 && Values.Lengths.fit(inputs.getLast(), input));
        if (!fits) {
            throw DataException.in(path,
                    "gives texts, but the network takes " + String.join(", ", inputs.stream().map(Port::type).toList()),
                    "its input must be category(k)[n]: up to n tokens of a vocabulary of k; a second one may be i32, their number");
        }
    }

    private List<LabelledTexts.Item> items(Path file, boolean isLabelled) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (Files.isDirectory(file)) {
            return LabelledTexts.inFolder(file);
        }
        if (name.matches(".*\\.(tar|tar\\.gz|tgz)")) {
            return LabelledTexts.inArchive(file);
        }
        if (CsvOptions.isTable(file)) {
            return fromTable(CsvReader.read(file, table.options.of(file), table.wanted(isLabelled)), isLabelled);
        }
        if (!isLabelled) {
            return LabelledTexts.lines(file);
        }
        throw DataException.in(file, "is no folder, no tar archive and no table",
                "texts(...) takes a folder for each label, .tar, .tar.gz, .csv or .tsv");
    }

    private List<LabelledTexts.Item> fromTable(Table rows, boolean isLabelled) {
        int text = table.text.isEmpty() ? 0 : Header.column(rows, table.text);
        int label = table.label.isEmpty() ? rows.columns() - 1 : isLabelled ? Header.column(rows, table.label) : -1;
        List<LabelledTexts.Item> items = new ArrayList<>();
        for (int row = 0; row < rows.rows().size(); row++) {
            String[] fields = rows.rows().get(row);
            items.add(new LabelledTexts.Item(rows.file(), rows.lines()[row], isLabelled ? fields[label] : "", fields[text]));
        }
        if (isLabelled && rows.names().isEmpty() && table.options.header().isEmpty()) {
            refuseHeader(items);
        }
        return items;
    }

    /// A header of texts looks like a text. What gives it away is a label that no other row has, where all others are there several times.
    private static void refuseHeader(List<LabelledTexts.Item> items) {
        Map<String, Long> counts = items.stream().collect(Collectors.groupingBy(LabelledTexts.Item::label, Collectors.counting()));
        String first = items.getFirst().label();
        if (items.size() > 2 && counts.get(first) == 1 && counts.values().stream().filter(count -> count == 1).count() == 1) {
            throw items.getFirst().refusal("has the label \"" + first + "\", which no other row has",
                    "texts(..., header: true) says that it is a header, `header: false` that it is a text");
        }
    }

    @Override
    public Questions questions(Path file, List<Port> inputs, List<Port> targets, Encoding known) {
        requireInputs(inputs);
        Vocabulary vocabulary = known.vocabularies().get(inputs.getFirst().name());
        if (vocabulary == null) {
            throw DataException.in(file, "cannot be read: the weights have no vocabulary", "train the network on texts");
        }
        List<LabelledTexts.Item> items = items(file, false);
        boolean isNamed = items.stream().anyMatch(item -> item.line() == 0);
        return new Questions(Dataset.of(encode(items, inputs, vocabulary), List.of(), items.size()),
                isNamed ? items.stream().map(item -> item.place().getFileName().toString()).toList() : List.of());
    }

    private List<Values> encode(List<LabelledTexts.Item> items, List<Port> inputs, Vocabulary vocabulary) {
        Port input = inputs.getFirst();
        Values.TokenLists texts = Values.TokenLists.of(input,
                items.stream().map(item -> item.encode(vocabulary, input, input.size(), isTruncated)).toList());
        return inputs.size() == 1 ? List.of(texts) : List.of(texts, texts.lengths(inputs.getLast()));
    }

    private final class Texts implements Material {

        private final List<LabelledTexts.Item> items;
        private final List<Port> inputs;
        private final Values labels;

        Texts(List<LabelledTexts.Item> items, List<Port> inputs, Values labels) {
            this.items = items;
            this.inputs = inputs;
            this.labels = labels;
        }

        @Override
        public int rows() {
            return items.size();
        }

        @Override
        public Encoding learn(Rows train, Encoding known) {
            Port input = inputs.getFirst();
            if (known.vocabularies().containsKey(input.name())) {
                return known;
            }
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < train.count(); i++) {
                texts.add(items.get(train.at(i)).text());
            }
            try {
                return known.withVocabulary(input.name(), tokens.learn(texts, input.categories(), List.of(Vocabulary.PADDING)));
            } catch (IllegalArgumentException tooMany) {
                throw DataException.in(path, tooMany.getMessage(),
                        "`" + input.title() + "` is " + input.type() + "; make it larger, or let the rest be one token: unknown: replace");
            }
        }

        @Override
        public Dataset part(Rows rows, Encoding encoding) {
            List<LabelledTexts.Item> chosen = new ArrayList<>();
            for (int i = 0; i < rows.count(); i++) {
                chosen.add(items.get(rows.at(i)));
            }
            Vocabulary vocabulary = encoding.vocabularies().get(inputs.getFirst().name());
            Dataset answers = Dataset.of(List.of(), List.of(labels), items.size()).select(rows);
            Values numbers = new Values.Integers(labels.port(), answers.target(0).integers());
            return Dataset.of(encode(chosen, inputs, vocabulary), List.of(numbers), chosen.size());
        }

        @Override
        public String note() {
            return path.getFileName() + ": " + items.size() + " texts";
        }
    }
}

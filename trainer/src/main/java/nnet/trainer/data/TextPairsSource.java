package nnet.trainer.data;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nnet.trainer.data.file.LabelledTexts;
import nnet.trainer.data.text.Tokens;
import nnet.trainer.data.text.Vocabulary;

/// `pairs("dates.csv", from: "written", to: "iso", tokens: characters)`: two texts in each row of a table, of which a network reads the first and writes the second.
///
/// The first input of the network gets the tokens of the first text. The second gets what has been written before each token: the end token, which has number 1, and then
/// the second text. The target is what comes next at each place: the second text, then the end token. What is missing at the end is padding, token 0. Two more inputs may
/// get the number of tokens of both inputs (`i32`), or 1 for each token and 0 for padding (`i32[n]`).
///
/// @param from  name (or position from 0) of the column to read
/// @param to    the column to write
/// @param isCut whether of longer texts the first tokens are taken; otherwise they are a mistake
public record TextPairsSource(Path file, CsvOptions options, String from, String to, Tokens tokens, boolean isCut) implements DataSource {

    @Override
    public List<Path> files() {
        return List.of(file);
    }

    @Override
    public Material open(List<Port> inputs, List<Port> targets, Encoding known) {
        requirePorts(file, inputs, targets);
        Table table = table(file);
        return new Pairs(items(table, from), items(table, to), inputs, targets.getFirst());
    }

    private Table table(Path read) {
        return CsvReader.read(read, options.of(read).naming(from));
    }

    private static List<LabelledTexts.Item> items(Table table, String name) {
        int column = Header.column(table, name);
        return IntStream.range(0, table.rows().size())
                .mapToObj(row -> new LabelledTexts.Item(table.file(), table.lines()[row], "", table.rows().get(row)[column])).toList();
    }

    private static void requirePorts(Path file, List<Port> inputs, List<Port> targets) {
        boolean isCounted = inputs.size() == 4 && Values.Lengths.fit(inputs.get(2), inputs.get(0))
                && Values.Lengths.fit(inputs.get(3), inputs.get(1));
        boolean fits = (inputs.size() == 2 || isCounted) && isSequence(inputs.get(0)) && isSequence(inputs.get(1));
        if (!fits || targets.size() != 1 || !isNext(targets.getFirst(), inputs.get(1))) {
            throw DataException.in(file, "gives pairs of texts, but the network takes " + types(inputs) + " and learns " + types(targets),
                    "it must be (a: category(k)[time <= n], b: category(m)[steps <= o]) -> category(m)[steps]; a and b need a length each");
        }
    }

    private static boolean isNext(Port target, Port before) {
        return target.isCategory() && target.categories() == before.categories() && target.shape().equals(before.shape());
    }

    private static boolean isSequence(Port port) {
        return port.isCategory() && port.shape().size() == 1;
    }

    private static String types(List<Port> ports) {
        return ports.stream().map(Port::type).collect(Collectors.joining(", "));
    }

    /// Texts to read, of which nothing is written yet: the rows of a table, or the lines of any other file.
    @Override
    public Questions questions(Path asked, List<Port> inputs, List<Port> targets, Encoding known) {
        requirePorts(asked, inputs, targets);
        Vocabulary read = known.vocabularies().get(inputs.get(0).name());
        Vocabulary written = known.vocabularies().get(inputs.get(1).name());
        if (read == null || written == null || written.find(Vocabulary.END) < 0) {
            throw DataException.in(asked, "cannot be read: the weights have no vocabularies", "train the network on pairs of texts");
        }
        List<LabelledTexts.Item> items = CsvOptions.isTable(asked)
                ? items(table(asked), from)
                : LabelledTexts.lines(asked);
        int end = written.find(Vocabulary.END);
        List<int[]> nothing = items.stream().map(_ -> new int[]{end}).toList();
        return new Questions(Dataset.of(inputs(items, read, nothing, inputs), List.of(), items.size()), List.of(), OptionalInt.of(end));
    }

    /// @param before what is written before each token
    private List<Values> inputs(List<LabelledTexts.Item> items, Vocabulary vocabulary, List<int[]> before, List<Port> inputs) {
        Port input = inputs.get(0);
        Values.TokenLists read = Values.TokenLists.of(input,
                items.stream().map(item -> item.encode(vocabulary, input, input.size(), isCut)).toList());
        Values.TokenLists written = Values.TokenLists.of(inputs.get(1), before);
        return inputs.size() == 2
                ? List.of(read, written)
                : List.of(read, written, read.lengths(inputs.get(2)), written.lengths(inputs.get(3)));
    }

    private final class Pairs implements Material {

        private final List<LabelledTexts.Item> first;
        private final List<LabelledTexts.Item> second;
        private final List<Port> inputs;
        private final Port target;

        Pairs(List<LabelledTexts.Item> first, List<LabelledTexts.Item> second, List<Port> inputs, Port target) {
            this.first = first;
            this.second = second;
            this.inputs = inputs;
            this.target = target;
        }

        @Override
        public int rows() {
            return first.size();
        }

        /// A vocabulary for each side; what an output says is known by the name of its target.
        @Override
        public Encoding learn(Rows train, Encoding known) {
            Encoding read = learn(first, train, known, inputs.get(0), List.of(Vocabulary.PADDING));
            Encoding both = learn(second, train, read, inputs.get(1), List.of(Vocabulary.PADDING, Vocabulary.END));
            return both.withVocabulary(target.name(), both.vocabularies().get(inputs.get(1).name()));
        }

        private Encoding learn(List<LabelledTexts.Item> items, Rows train, Encoding known, Port port, List<String> special) {
            if (known.vocabularies().containsKey(port.name())) {
                return known;
            }
            List<String> texts = pick(items, train).stream().map(LabelledTexts.Item::text).toList();
            try {
                return known.withVocabulary(port.name(), tokens.learn(texts, port.categories(), special));
            } catch (IllegalArgumentException tooMany) {
                throw DataException.in(file, tooMany.getMessage(),
                        "`" + port.title() + "` is " + port.type() + "; make it larger, or let the rest be one token: unknown: replace");
            }
        }

        private List<LabelledTexts.Item> pick(List<LabelledTexts.Item> items, Rows rows) {
            return IntStream.range(0, rows.count()).mapToObj(i -> items.get(rows.at(i))).toList();
        }

        @Override
        public Dataset part(Rows rows, Encoding encoding) {
            Vocabulary vocabulary = encoding.vocabularies().get(inputs.get(1).name());
            int end = vocabulary.find(Vocabulary.END);
            // A text has one token less than there is room for: it begins and ends with the end.
            int most = target.size() - 1;
            List<int[]> texts = pick(second, rows).stream().map(item -> item.encode(vocabulary, target, most, isCut)).toList();
            List<int[]> before = texts.stream().map(text -> concat(new int[]{end}, text)).toList();
            List<int[]> next = texts.stream().map(text -> concat(text, new int[]{end})).toList();
            return Dataset.of(inputs(pick(first, rows), encoding.vocabularies().get(inputs.get(0).name()), before, inputs),
                    List.of(Values.TokenLists.of(target, next)), rows.count());
        }

        private static int[] concat(int[] begin, int[] rest) {
            return IntStream.concat(IntStream.of(begin), IntStream.of(rest)).toArray();
        }

        @Override
        public String note() {
            return file.getFileName() + ": " + first.size() + " pairs of texts";
        }
    }
}

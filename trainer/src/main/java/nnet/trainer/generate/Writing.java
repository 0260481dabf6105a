package nnet.trainer.generate;

import java.util.Arrays;
import java.util.List;
import nnet.runtime.Network;
import nnet.runtime.Prediction;
import nnet.trainer.Batches;
import nnet.trainer.data.Dataset;
import nnet.trainer.data.Port;
import nnet.trainer.data.Rows;
import nnet.trainer.data.Values;

/// Writes texts to their end with a network that reads the tokens of its first input and says, at each place of its second one, which token comes next there. The most
/// probable token is written each time, so the texts are the same on every machine.
public final class Writing {

    private final Prediction prediction;
    private final int end;
    /// The most tokens of a text.
    private final int room;

    /// @param end the token that ends a text
    public Writing(Network network, int end) {
        prediction = network.prediction();
        this.end = end;
        room = network.inputs().get(1).size();
    }

    /// The same examples with whole texts in their second input. What the network says to them at each place is what comes next there.
    ///
    /// @param begun examples whose second input is the first token of each text
    public Dataset finish(Dataset begun) {
        int[] first = begun.input(1).integers();
        int[][] texts = new int[begun.rows()][];
        Arrays.setAll(texts, i -> new int[]{first[i * room]});
        for (int[] open = Dataset.identity(texts.length); open.length > 0;) {
            open = goOn(texts, open, next(with(begun, texts).select(Rows.of(open))));
        }
        return with(begun, texts);
    }

    /// Writes the next token of each text that has not ended.
    ///
    /// @param open the numbers of these texts
    /// @param next what comes next at each place of them
    /// @return the numbers of those that may go on
    private int[] goOn(int[][] texts, int[] open, int[] next) {
        int[] longer = new int[open.length];
        int count = 0;
        for (int i = 0; i < open.length; i++) {
            int[] text = texts[open[i]];
            int token = next[i * room + text.length - 1];
            if (token != end && text.length < room) {
                texts[open[i]] = Arrays.copyOf(text, text.length + 1);
                texts[open[i]][text.length] = token;
                longer[count++] = open[i];
            }
        }
        return Arrays.copyOf(longer, count);
    }

    /// The most probable token at each place of each example.
    private int[] next(Dataset examples) {
        Batches batches = new Batches(examples);
        batches.bind(prediction);
        int[] batch = new int[Math.multiplyExact(Math.min(examples.rows(), Batches.SIZE), room)];
        int[] next = new int[Math.multiplyExact(examples.rows(), room)];
        prediction.output(0, batch);
        for (int from = 0; from < examples.rows(); from += Batches.SIZE) {
            int count = batches.load(from);
            prediction.run(count);
            System.arraycopy(batch, 0, next, from * room, count * room);
        }
        return next;
    }

    /// The examples with these texts, and with their lengths where the network asks for them.
    private static Dataset with(Dataset examples, int[][] texts) {
        List<Port> inputs = examples.inputs();
        Values.TokenLists lists = Values.TokenLists.of(inputs.get(1), List.of(texts));
        return examples.map(values -> {
            int input = inputs.indexOf(values.port());
            return input == 1 ? lists : input == 3 ? lists.lengths(values.port()) : values;
        });
    }
}

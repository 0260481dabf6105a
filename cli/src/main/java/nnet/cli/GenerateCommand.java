package nnet.cli;

import java.io.IOException;
import java.util.Arrays;
import nnet.runtime.Network;
import nnet.trainer.LoadedNetwork;
import nnet.trainer.data.text.Vocabulary;
import nnet.trainer.generate.Generator;
import nnet.trainer.generate.Sampling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `nnc generate`: a text, token by token, from a network that predicts the next one.
@Command(name = "generate", description = "Writes text with a network that was trained to predict the next token.")
final class GenerateCommand extends TrainedCommand {

    @Option(names = {"-p", "--prompt"}, paramLabel = "TEXT", description = "What the text begins with; a new line if absent.")
    String prompt = "\n";

    @Option(names = {"-n", "--length"}, paramLabel = "N", description = "How many tokens to write; 500 if absent.")
    int length = 500;

    @Option(names = {"-t",
        "--temperature"}, paramLabel = "T", description = "Below 1 the text becomes more likely, above 1 more varied; 0 takes the most probable token; 0.8 if absent.")
    double temperature = 0.8;

    @Option(names = "--top-k", paramLabel = "K", description = "Draws from the K most probable tokens only.")
    int topK;

    @Option(names = "--top-p", paramLabel = "P", description = "Draws from the fewest tokens that together have the probability P.")
    double topP = 1;

    @Option(names = "--seed", paramLabel = "SEED", description = "The same seed gives the same text; 0 if absent.")
    long seed;

    @Override
    void run(LoadedNetwork loaded, Network network) throws IOException {
        if (length < 0) {
            throw Mistake.ofUsage("--length must be at least 0, not " + length, "");
        }
        Generator generator = generator(network);
        Vocabulary vocabulary = vocabulary(loaded, network);
        if (vocabulary.size() > generator.categories()) {
            throw new Mistake("the vocabulary has " + vocabulary.size() + " tokens, the network " + generator.categories() + " categories",
                    "use the weights that were trained with this network");
        }
        int[] begin = encode(vocabulary, generator.least());
        generator.among(vocabulary.size()).follow(begin);
        write(vocabulary, generator, begin);
    }

    private Generator generator(Network network) {
        try {
            return new Generator(network, new Sampling(temperature, topK, topP), seed);
        } catch (IllegalArgumentException mistake) {
            throw Mistake.ofUsage(mistake.getMessage(), "");
        }
    }

    private Vocabulary vocabulary(LoadedNetwork loaded, Network network) throws IOException {
        Vocabulary vocabulary = weights.encoding(loaded).vocabularies().get(network.inputs().getFirst().name());
        if (vocabulary == null) {
            throw new Mistake("the weights have no vocabulary for `" + network.inputs().getFirst().name() + "`",
                    "train the network on a text: data = text(\"file.txt\", tokens: characters)");
        }
        return vocabulary;
    }

    private int[] encode(Vocabulary vocabulary, int least) {
        try {
            int[] tokens = vocabulary.encode(prompt);
            if (tokens.length < least) {
                throw Mistake.ofUsage("the prompt has " + tokens.length + " tokens; the network needs " + least,
                        "give a longer one with --prompt");
            }
            return tokens;
        } catch (Vocabulary.UnknownToken unknown) {
            throw Mistake.ofUsage("the prompt has `" + unknown.shown() + "`, which the network has never seen",
                    "give one with --prompt that is made of what the network was trained with");
        }
    }

    /// Shows what is there after each token; the end of a text may wait for the next one, where a character is made of several tokens.
    private void write(Vocabulary vocabulary, Generator generator, int[] begin) {
        int[] tokens = Arrays.copyOf(begin, begin.length + length);
        int shown = 0;
        for (int count = begin.length; count <= tokens.length; count++) {
            String text = vocabulary.decode(Arrays.copyOf(tokens, count));
            int whole = text.length();
            while (count < tokens.length && whole > shown && text.charAt(whole - 1) == '\uFFFD') {
                whole--;
            }
            terminal().out().print(text.substring(Math.min(shown, whole), whole));
            terminal().out().flush();
            shown = Math.max(shown, whole);
            if (count < tokens.length) {
                tokens[count] = generator.next();
            }
        }
        terminal().out().println();
    }
}

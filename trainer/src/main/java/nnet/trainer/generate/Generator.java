package nnet.trainer.generate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nnet.runtime.Decoder;
import nnet.runtime.Manifest;
import nnet.runtime.Network;
import nnet.runtime.Prediction;
import nnet.trainer.data.Draws;

/// Draws one token after the other: each is predicted from the last ones that the network can see.
///
/// The network has one input `category(k)[n]` and gives the next token: after every position, `category(k)[n]`, where no position may see a later one; or
/// after the last, `category(k)`. The same seed gives the same tokens on every machine.
///
/// A network that gives a token after every position is advanced by one token at a time where that is possible. As soon as it has seen all that it takes, it goes on
/// with the second half of that.
public final class Generator {

    private static final int PURPOSE = 0x67656e;
    /// Outputs that are compared before a network is trusted to be advanced: one that sees later tokens differs at once.
    private static final int COMPARED = 4;

    private final Prediction prediction;
    private final Optional<Decoder> decoder;
    private final Sampling sampling;
    private final Draws draws;
    private final int window;
    private final int categories;
    private int drawn;
    private final boolean everyPosition;
    private final int[] seen;
    private final float[] probabilities;
    private int length;

    /// @throws IllegalArgumentException if the network does not predict the next token; the message is for the user
    public Generator(Network network, Sampling sampling, long seed) {
        this(network, sampling, seed, true);
    }

    /// @param stepwise whether the network may be advanced by one token; the tokens are the same, only slower otherwise
    Generator(Network network, Sampling sampling, long seed, boolean stepwise) {
        this.sampling = sampling;
        Manifest.Port input = only(network.inputs(), "one input of categories, such as category(65)[64]");
        Manifest.Port output = only(network.outputs(), "one output of categories");
        categories = input.categories();
        window = input.size();
        everyPosition = output.size() == window * categories && window > 1;
        if (categories == 0 || output.categories() != categories || !everyPosition && output.size() != categories) {
            throw new IllegalArgumentException(
                    "the network does not predict the next token: its output must be as many categories as its input, "
                            + "after every position or after the last");
        }
        drawn = categories;
        draws = new Draws(seed, PURPOSE, 0, 0);
        seen = new int[window];
        probabilities = new float[output.size()];
        decoder = network.decoder().filter(found -> stepwise && agrees(found, network.prediction()));
        prediction = network.prediction().input(0, seen).output(0, probabilities);
    }

    private boolean agrees(Decoder found, Prediction whole) {
        int[] tokens = new int[window];
        Draws any = new Draws(0, PURPOSE, 0, 1);
        Arrays.setAll(tokens, _ -> (int) (any.uniform() * categories));
        return found.agrees(whole, tokens, COMPARED);
    }

    private static Manifest.Port only(List<Manifest.Port> ports, String wanted) {
        if (ports.size() != 1) {
            throw new IllegalArgumentException("to generate, a network needs " + wanted + "; this one has " + ports.size());
        }
        return ports.getFirst();
    }

    /// How many categories a token can be.
    public int categories() {
        return categories;
    }

    /// Draws among the first `tokens` categories only: the network may have room for more than there are.
    public Generator among(int tokens) {
        drawn = Math.min(tokens, categories);
        return this;
    }

    /// Whether each token is computed once.
    public boolean isStepwise() {
        return decoder.isPresent();
    }

    /// Tokens that must be there before the first can be drawn.
    public int least() {
        return everyPosition ? 1 : window;
    }

    /// What comes before what is drawn next. Of more tokens than the network can see, the last ones count.
    public void follow(int... tokens) {
        for (int token : tokens) {
            if (length == window) {
                // Half of them, since what follows could otherwise not build on what is known of those before.
                int dropped = everyPosition ? (window + 1) / 2 : 1;
                System.arraycopy(seen, dropped, seen, 0, window - dropped);
                length -= dropped;
                decoder.ifPresent(Decoder::reset);
            }
            seen[length++] = token;
        }
    }

    /// The next token, which the one after it will follow.
    ///
    /// @throws IllegalStateException if nothing has been said before
    public int next() {
        if (length < least()) {
            throw new IllegalStateException(length + " tokens; " + least() + " are needed first");
        }
        int at = decoder.isPresent() ? advanced(decoder.get()) : whole();
        int token = sampling.pick(probabilities, at, drawn, draws.uniform());
        follow(token);
        return token;
    }

    /// Computes what is new.
    ///
    /// @return where the probabilities of the next token begin
    private int advanced(Decoder sequence) {
        while (sequence.length() < length) {
            sequence.advance(seen[sequence.length()], probabilities);
        }
        return 0;
    }

    private int whole() {
        // What lies behind the last token is not seen by the positions before it.
        Arrays.fill(seen, length, window, 0);
        prediction.run(1);
        return everyPosition ? (length - 1) * categories : 0;
    }
}

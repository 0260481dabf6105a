package nnet.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A sequence of tokens that grows: each token is computed once, and what later ones need of it is kept. Used by one thread at a time; `advance` allocates nothing.
///
/// It gives what a prediction of the whole sequence gives after its last token, to the bit, if the output after a token does not depend on later ones. That is how
/// such networks are made, but nothing forces it; `agrees` looks.
public final class Decoder {

    private static final String PROGRAM = "next";
    private static final String PAST = "past.";

    private final NetworkCode code;
    private final int program;
    private final Current weights;
    private final Manifest.Port input;
    private final Workspace workspace;
    private final int[] token;
    private final float[] scores;
    private final int[] position;
    /// Pairs of storages: what is kept, and what will be kept after the next token.
    private final int[] kept;
    private final int[] next;
    private int length;

    private Decoder(NetworkCode code, int program, Current weights, Workers workers) {
        this.code = code;
        this.program = program;
        this.weights = weights;
        input = code.manifest.inputs().get(0);
        Manifest.Program layout = code.manifest.programs().get(program);
        workspace = new Workspace(layout, settled(), 1, workers);
        token = workspace.i32[layout.storage(Manifest.Role.DATA, input.name())];
        scores = workspace.f32[layout.storage(Manifest.Role.DATA, code.manifest.outputs().get(0).name())];
        position = workspace.control("position", 1);
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        for (int i = 0; layout.find(Manifest.Role.DATA, PAST + i + ".new").isPresent(); i++) {
            before.add(layout.storage(Manifest.Role.DATA, PAST + i));
            after.add(layout.storage(Manifest.Role.DATA, PAST + i + ".new"));
        }
        kept = before.stream().mapToInt(Integer::intValue).toArray();
        next = after.stream().mapToInt(Integer::intValue).toArray();
    }

    /// Null for a network that has no program for it.
    static Decoder of(NetworkCode code, Current weights, Workers workers) {
        Integer program = code.manifest.findProgram(PROGRAM).orElse(null);
        return program == null ? null : new Decoder(code, program, weights, workers);
    }

    /// Tokens so far.
    public int length() {
        return length;
    }

    /// The most tokens that the network takes.
    public int capacity() {
        return input.size();
    }

    /// Begins a new sequence.
    public void reset() {
        length = 0;
        for (int[] storages : new int[][]{kept, next}) {
            for (int storage : storages) {
                if (workspace.f32[storage] != null) {
                    Arrays.fill(workspace.f32[storage], 0);
                } else {
                    Arrays.fill(workspace.i32[storage], 0);
                }
            }
        }
    }

    /// Adds a token.
    ///
    /// @param to receives for each category how probable it comes next
    /// @throws IllegalStateException    if the sequence is as long as the network takes
    /// @throws IllegalArgumentException if the token is no category of the network
    public void advance(int value, float[] to) {
        if (length == capacity()) {
            throw new IllegalStateException("the network takes " + length + " tokens");
        }
        token[0] = value;
        Categories.check(input, token, 0, 1);
        position[0] = length;
        workspace.bind(settled());
        code.run(program, workspace);
        for (int i = 0; i < kept.length; i++) {
            swap(workspace.f32, kept[i], next[i]);
            swap(workspace.i32, kept[i], next[i]);
        }
        length++;
        System.arraycopy(scores, 0, to, 0, input.categories());
    }

    private Buffers settled() {
        Buffers buffers = weights.buffers;
        buffers.settle(code);
        return buffers;
    }

    private static <A> void swap(A[] arrays, int a, int b) {
        A kept = arrays[a];
        arrays[a] = arrays[b];
        arrays[b] = kept;
    }

    /// Whether the outputs after the first tokens of a sequence are those that a prediction of the whole sequence gives. Begins a new sequence.
    ///
    /// @param tokens as many as the network takes
    public boolean agrees(Prediction whole, int[] tokens, int first) {
        int categories = input.categories();
        float[] expected = new float[tokens.length * categories];
        float[] found = new float[categories];
        whole.input(0, tokens).output(0, expected).run(1);
        reset();
        boolean agrees = true;
        for (int i = 0; i < Math.min(first, tokens.length); i++) {
            advance(tokens[i], found);
            agrees &= Arrays.equals(found, 0, categories, expected, i * categories, (i + 1) * categories);
        }
        reset();
        return agrees;
    }
}

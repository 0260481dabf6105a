package nnet.runtime;

import java.util.Arrays;

/// The examples of the next step of a training: their inputs and targets, in the workspace of the program that computes the gradients. Where sequences have forms,
/// the shortest one that holds all examples is chosen when they are known.
final class MiniBatch {

    private final Manifest manifest;
    private final Buffers buffers;
    private final Workers workers;
    private final long seed;
    private final Forms forms;
    private final Feed[] inputs;
    private final Feed[] targets;
    /// The inputs, then the targets.
    private final Feed[] all;
    /// By number; null where it has not run yet.
    private final Form[] used;
    private int capacity;

    /// What a step needs of one form.
    static final class Form {
        final int program;
        private final Workspace workspace;
        private final float[] loss;
        private final int[] key;

        private Form(int program, Workspace workspace, long seed) {
            this.program = program;
            this.workspace = workspace;
            loss = workspace.f32[workspace.program.storage(Manifest.Role.RESULT, "loss")];
            key = workspace.control("key", 3);
            CompiledNetwork.setKey(key, seed, 0);
        }

        /// The workspace as a step of so many examples finds it.
        Workspace ready(int count, int step) {
            key[2] = step;
            workspace.setBatch(count);
            return workspace;
        }

        /// The mean over the examples, with penalties.
        float loss() {
            return loss[0];
        }
    }

    MiniBatch(Manifest manifest, Buffers buffers, Workers workers, long seed) {
        this.manifest = manifest;
        this.buffers = buffers;
        this.workers = workers;
        this.seed = seed;
        forms = new Forms(manifest, "gradient");
        used = new Form[forms.count()];
        inputs = Feed.of(manifest, forms, manifest.inputs());
        targets = Feed.of(manifest, forms, manifest.targets());
        all = Arrays.copyOf(inputs, inputs.length + targets.length);
        System.arraycopy(targets, 0, all, inputs.length, targets.length);
        hold(1);
    }

    private boolean hasLengths() {
        return !manifest.lengths().isEmpty();
    }

    private void hold(int count) {
        capacity = count;
        Arrays.fill(used, null);
        for (Feed feed : all) {
            if (hasLengths()) {
                feed.hold(count);
            } else {
                feed.attach(use(0).workspace, count);
            }
        }
    }

    private Form use(int form) {
        if (used[form] == null) {
            int program = forms.program(form);
            used[form] = new Form(program, new Workspace(manifest.programs().get(program), buffers, capacity, workers), seed);
        }
        return used[form];
    }

    private void grow(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a batch of " + count + " examples");
        }
        if (count > capacity) {
            hold(count);
        }
    }

    /// An input by its number in the network's order, with room for so many examples.
    Feed input(int index, int count) {
        grow(count);
        return inputs[index];
    }

    /// What an output is compared with, by its number.
    Feed target(int index, int count) {
        grow(count);
        return targets[index];
    }

    /// @throws IllegalArgumentException if the network has none of this name
    Feed feed(String name, int count) {
        grow(count);
        return feed(name);
    }

    /// The same, of whatever room.
    Feed feed(String name) {
        for (Feed feed : all) {
            if (feed.port.name().equals(name)) {
                return feed;
            }
        }
        throw new IllegalArgumentException("the network " + manifest.network() + " has no input or target '" + name + "'");
    }

    /// The form to run, with the examples in it.
    ///
    /// @throws IllegalArgumentException if a category or length does not exist
    Form form(int count) {
        grow(count);
        for (Feed feed : all) {
            feed.check(count);
        }
        return hasLengths() ? fill(count) : use(0);
    }

    private Form fill(int count) {
        int[] longest = new int[manifest.lengths().size()];
        for (int i = 0; i < longest.length; i++) {
            longest[i] = longest(manifest.lengths().get(i), count);
        }
        int number = forms.of(longest, 0);
        Form form = use(number);
        for (Feed feed : all) {
            feed.move(form.workspace, number, count);
        }
        return form;
    }

    private int longest(Manifest.Length length, int count) {
        int longest = 1;
        int[] elements = feed(length.name()).ints();
        for (int i = 0; i < count; i++) {
            length.check(elements[i], i);
            longest = Math.max(longest, elements[i]);
        }
        return longest;
    }
}

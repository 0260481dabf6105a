package nnet.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import nnet.runtime.Trainer;

/// The state of a training, in three files of one folder: `NAME.checkpoint` (weights, optimiser, count of steps), `NAME.best` (the same of the
/// best epoch) and `NAME.history` (a fingerprint of source and data, then the validation loss of each epoch).
///
/// Each file is replaced whole, the checkpoint last, so that a kill at any moment leaves a state to resume from: what the others hold beyond the checkpoint is
/// computed again, to the same bits.
public final class Checkpoint {

    /// Nanoseconds between two states on disk: a short training writes none, a long one loses little. `nnet.checkpoint.seconds` sets another time.
    private static final long INTERVAL = (long) (1e9 * Double.parseDouble(System.getProperty("nnet.checkpoint.seconds", "10")));

    private final Optional<Path> state;
    private final Path best;
    private final Path history;
    private final Supplier<String> fingerprint;
    private final boolean resume;
    private final List<String> losses = new ArrayList<>();
    private long written = System.nanoTime();

    private Checkpoint(Optional<Path> state, Path best, Path history, Supplier<String> fingerprint, boolean resume) {
        this.state = state;
        this.best = best;
        this.history = history;
        this.fingerprint = fingerprint;
        this.resume = resume;
    }

    /// Keeps nothing on disk, except the best weights in a temporary file while early stopping needs them.
    public static Checkpoint none() throws IOException {
        Path best = Files.createTempFile("nnet", ".best");
        best.toFile().deleteOnExit();
        return new Checkpoint(Optional.empty(), best, best, () -> "", false);
    }

    /// @param fingerprint of source and data, asked for when there is something to keep or to go on from: a checkpoint with another one is refused
    /// @param resume      whether to go on from what lies there; otherwise it is replaced
    public static Checkpoint in(Path folder, String name, Supplier<String> fingerprint, boolean resume) {
        return new Checkpoint(Optional.of(folder.resolve(name + ".checkpoint")), folder.resolve(name + ".best"),
                folder.resolve(name + ".history"), fingerprint, resume);
    }

    /// Brings the trainer and the early stopping to where they were when the state was kept. Without anything to go on from, they stay as they are.
    void resume(Trainer trainer, EarlyStopping stopping, int stepsInEpoch) throws IOException {
        if (!resume) {
            remove();
        }
        if (state.isEmpty() || !Files.exists(state.get())) {
            return;
        }
        List<String> lines = Files.readAllLines(history);
        if (lines.isEmpty() || !lines.getFirst().equals(fingerprint.get())) {
            throw new IOException(state.get() + ": belongs to another source, data or recipe; train without --resume to begin anew");
        }
        trainer.restore(state.get());
        int epochs = trainer.steps() / stepsInEpoch;
        if (lines.size() <= epochs) {
            throw new IOException(state.get() + ": does not fit its history; train without --resume to begin anew");
        }
        for (String loss : lines.subList(1, epochs + 1)) {
            losses.add(loss);
            double value = number(loss);
            if (!Double.isNaN(value)) {
                stopping.improves(value);
            }
        }
    }

    private double number(String loss) throws IOException {
        try {
            return Double.parseDouble(loss);
        } catch (NumberFormatException _) {
            throw new IOException(history + ": `" + loss + "` is no loss; train without --resume to begin anew");
        }
    }

    /// Takes note of an epoch, and keeps the state if the last one kept is some seconds old.
    void save(Trainer trainer, double validationLoss, boolean isBest) throws IOException {
        losses.add(Double.toString(validationLoss));
        if (isBest) {
            trainer.save(best);
        }
        if (System.nanoTime() - written > INTERVAL) {
            keep(trainer);
        }
    }

    /// Keeps the state, which may be in the middle of an epoch.
    void keep(Trainer trainer) throws IOException {
        if (state.isPresent()) {
            written = System.nanoTime();
            Path draft = history.resolveSibling(history.getFileName() + ".part");
            Files.writeString(draft, fingerprint.get() + "\n" + String.join("\n", losses) + "\n");
            Files.move(draft, history, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            trainer.save(state.get());
        }
    }

    /// Goes back to the best epoch, if one was kept.
    void restoreBest(Trainer trainer) throws IOException {
        if (Files.exists(best) && Files.size(best) > 0) {
            trainer.restore(best);
        }
    }

    /// Removes the files: the training is complete.
    public void remove() throws IOException {
        if (state.isPresent()) {
            Files.deleteIfExists(state.get());
            Files.deleteIfExists(history);
        }
        Files.deleteIfExists(best);
    }
}

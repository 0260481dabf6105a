package nnet.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import nnet.compiler.Journey;
import nnet.compiler.Texts;
import nnet.compiler.schedule.Target;
import nnet.compiler.source.Source;
import nnet.runtime.Network;
import nnet.runtime.Safetensors;
import nnet.runtime.Workers;
import nnet.trainer.data.DataException;
import nnet.trainer.data.Encoding;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainingRunTest {

    private static final String SOURCE = """
            network Sides(point: [2]) -> side: category(2) {
              point -> Dense(6, tanh) -> Dropout(0.1) -> Dense(2, softmax)
            }

            train Sides {
              data      = csv("points.csv", normalize: "standardized")
              split     = (validation: 0.25)
              loss      = cross_entropy
              optimizer = Adam(rate: 0.02)
              epochs    = 6
              batch     = 8
              metrics   = [accuracy]
              seed      = 3
            }
            """;

    private Path folder;
    private Texts texts;
    private LoadedNetwork loaded;
    private Examples examples;

    @BeforeAll
    void compile(@TempDir Path empty) throws IOException {
        folder = empty;
        StringBuilder rows = new StringBuilder("x,y,side\n");
        for (int i = 0; i < 60; i++) {
            double x = Math.sin(i * 1.7) * 50;
            double y = Math.cos(i * 2.3) * 3;
            rows.append(x).append(',').append(y).append(x + 10 * y > 0 ? ",right\n" : ",left\n");
        }
        Files.writeString(folder.resolve("points.csv"), rows);
        texts = texts(SOURCE);
        loaded = load(texts);
        examples = Examples.of(loaded.model(), TrainingRun.recipe(loaded), folder);
    }

    private static Texts texts(String source) {
        return new Texts(new Source("sides.nnet", source), List.of(), StandardLibrary.sources(), Map.of());
    }

    private static LoadedNetwork load(Texts texts) {
        LoadedNetwork.Outcome outcome = LoadedNetwork.compile(texts, List.of(Target.SCALAR), Journey.SILENT);
        return outcome.network().orElseThrow(() -> new AssertionError(outcome.diagnostics()));
    }

    private TrainingRun.Result train(String name, int threads, boolean resume, Progress progress) throws IOException {
        TrainingRun.Options options = new TrainingRun.Options(folder.resolve("sides.nnet"), folder.resolve(name), OptionalInt.of(threads),
                resume);
        return new TrainingRun(texts, loaded, examples).run(options, progress);
    }

    private byte[] weights(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name).resolve("Sides.safetensors"));
    }

    @Test
    void the_same_weights_come_of_any_number_of_threads() throws IOException {
        train("one", 1, false, Progress.SILENT);
        train("two", 2, false, Progress.SILENT);
        assertArrayEquals(weights("one"), weights("two"));
    }

    @Test
    void a_training_that_was_interrupted_anywhere_ends_with_the_weights_of_one_that_was_not() throws IOException {
        train("whole", 1, false, Progress.SILENT);
        for (int steps : new int[]{0, 1, 6, 17}) {
            String name = "interrupted" + steps;
            TrainingRun.Result cut = train(name, 1, false, new CancelledAfter(steps));
            assertEquals(Training.End.CANCELLED, cut.outcome().end());
            assertFalse(Files.exists(folder.resolve(name).resolve("Sides.safetensors")));
            train(name, 1, true, Progress.SILENT);
            assertArrayEquals(weights("whole"), weights(name), "interrupted after " + steps + " steps");
        }
    }

    @Test
    void a_checkpoint_of_another_source_is_refused() throws IOException {
        train("other", 1, false, new CancelledAfter(3));
        Texts changed = texts(SOURCE.replace("0.02", "0.03"));
        TrainingRun.Options options = new TrainingRun.Options(folder.resolve("sides.nnet"), folder.resolve("other"), OptionalInt.of(1),
                true);
        IOException refusal = assertThrows(IOException.class,
                () -> new TrainingRun(changed, loaded, examples).run(options, Progress.SILENT));
        assertTrue(refusal.getMessage().contains("another source"), refusal.getMessage());
    }

    @Test
    void nothing_but_weights_and_report_is_left() throws IOException {
        train("clean", 1, false, Progress.SILENT);
        try (var files = Files.list(folder.resolve("clean"))) {
            assertEquals(List.of("Sides.safetensors", "run.json"), files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        String report = Files.readString(folder.resolve("clean/run.json"));
        assertTrue(report.contains("\"validation\"") && report.contains("\"accuracy\"") && report.contains("\"points.csv\""), report);
    }

    @Test
    void labels_and_statistics_of_the_training_rows_stay_with_the_weights() throws IOException {
        train("kept", 1, false, Progress.SILENT);
        Path file = folder.resolve("kept/Sides.safetensors");
        Encoding encoding = Encoding.of(file, Safetensors.read(file).metadata());
        assertEquals(List.of("left", "right"),
                encoding.labels().get(loaded.model().recipe().orElseThrow().targets().getFirst().name()).texts());
        assertArrayEquals(examples.encoding().normalizers().get("point").shift(), encoding.normalizers().get("point").shift());
        Files.writeString(folder.resolve("one.csv"), "40,2\n");
        assertEquals(40 - encoding.normalizers().get("point").shift()[0],
                Examples.questions(loaded.model(), folder.resolve("one.csv"), encoding).examples().input(0).reals()[0]
                        / encoding.normalizers().get("point").scale()[0],
                1e-3);
    }

    @Test
    void damaged_statistics_are_said_to_be_so() {
        assertThrows(DataException.class, () -> Encoding.of(Path.of("w"), Map.of("labels.side", "[\"left\"")));
        assertThrows(DataException.class, () -> Encoding.of(Path.of("w"), Map.of("shift.point", "[\"x\"]", "scale.point", "[]")));
    }

    @Test
    void early_stopping_ends_with_the_weights_of_the_best_epoch() throws IOException {
        Texts stopping = texts(SOURCE.replace("epochs    = 6", "epochs = 200\nstop = early_stopping(patience: 2)").replace("0.02", "0.5"));
        LoadedNetwork network = load(stopping);
        Examples data = Examples.of(network.model(), TrainingRun.recipe(network), folder);
        double[] best = {Double.POSITIVE_INFINITY};
        TrainingRun.Options options = new TrainingRun.Options(folder.resolve("sides.nnet"), folder.resolve("stopped"), OptionalInt.of(1),
                false);
        TrainingRun.Result result = new TrainingRun(stopping, network, data).run(options, new Progress() {
            @Override
            public void epoch(Epoch epoch) {
                best[0] = Math.min(best[0], epoch.validation().loss());
            }
        });
        assertEquals(Training.End.STOPPED_EARLY, result.outcome().end());
        assertEquals(best[0], result.scores().get("validation").loss());
    }

    @Test
    void each_row_is_validated_on_in_one_fold() throws IOException {
        List<Examples> folds = Examples.folds(loaded.model(), TrainingRun.recipe(loaded), folder, 4);
        assertEquals(60, folds.stream().mapToInt(fold -> fold.validation().orElseThrow().rows()).sum());
        CrossValidation result = CrossValidation.run(loaded, folds, folder, Workers.shared(), Progress.SILENT);
        assertEquals(List.of("fold1", "fold2", "fold3", "fold4", "validation", "deviation"), List.copyOf(result.scores().keySet()));
        double sum = result.folds().stream().mapToDouble(Progress.Score::loss).sum();
        assertEquals(sum / 4, result.mean().loss(), 1e-12);
    }

    @Test
    void a_network_may_start_from_weights_of_another() throws IOException {
        train("start", 1, false, Progress.SILENT);
        Texts next = texts(
                SOURCE.replace("epochs    = 6", "epochs = 1\nstart_from = \"start/Sides.safetensors\"").replace("rate: 0.02", "rate: 0.0"));
        LoadedNetwork network = load(next);
        TrainingRun.Options options = new TrainingRun.Options(folder.resolve("sides.nnet"), folder.resolve("tuned"), OptionalInt.of(1),
                false);
        TrainingRun.Result result = new TrainingRun(next, network, examples).run(options, Progress.SILENT);
        Network before = loaded.create(0);
        before.restore(folder.resolve("start/Sides.safetensors"));
        assertArrayEquals(before.parameter("dense1.weight"), result.network().parameter("dense1.weight"));
    }

    @Test
    void what_is_not_in_the_weights_that_a_training_starts_from_is_told_in_each_fold_too() throws IOException {
        train("base", 1, false, Progress.SILENT);
        Texts next = texts(SOURCE.replace("epochs    = 6", "epochs = 1\nstart_from = \"base/Sides.safetensors\"").replace("-> Dense(2",
                "-> head: Dense(2"));
        LoadedNetwork network = load(next);
        List<String> told = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void startsFrom(Path file, List<String> fresh) {
                told.add(file.getFileName() + " " + fresh);
            }
        };
        new TrainingRun(next, network, examples)
                .run(new TrainingRun.Options(folder.resolve("sides.nnet"), folder.resolve("next"), OptionalInt.of(1), false), progress);
        List<Examples> folds = Examples.folds(network.model(), TrainingRun.recipe(network), folder, 2);
        CrossValidation.run(network, folds, folder, Workers.shared(), progress);
        assertEquals(Collections.nCopies(3, "Sides.safetensors [head.weight, head.bias]"), told);
    }

    private TrainingRun.Result train(String source, String name) throws IOException {
        Texts changed = texts(source);
        LoadedNetwork network = load(changed);
        Examples data = Examples.of(network.model(), TrainingRun.recipe(network), folder);
        return new TrainingRun(changed, network, data)
                .run(new TrainingRun.Options(folder.resolve("sides.nnet"), folder.resolve(name), OptionalInt.of(1), false),
                        Progress.SILENT);
    }

    private static String diverging() {
        return SOURCE.replace("Adam(rate: 0.02)", "SGD(rate: 1e30)").replace("tanh", "relu").replace("cross_entropy", "own")
                + "loss own(y, target) = sum((y - one_hot(target, 2))^2)";
    }

    @Test
    void a_training_that_diverges_is_refused_and_leaves_earlier_weights_as_they_are() throws IOException {
        train("diverged", 1, false, Progress.SILENT);
        byte[] before = weights("diverged");
        RecipeException refusal = assertThrows(RecipeException.class, () -> train(diverging(), "diverged"));
        assertEquals("the loss of epoch 1 is NaN: this training diverges", refusal.getMessage());
        assertArrayEquals(before, weights("diverged"));
    }

    @Test
    void a_training_that_diverges_goes_back_to_its_best_epoch_where_it_may_stop_early() throws IOException {
        String late = diverging().replace("rate: 1e30", "rate: exploding")
                .replace("seed      = 3", "seed = 3; stop = early_stopping(patience: 50)")
                .replace("epochs    = 6", "epochs = 60") + "\nschedule exploding(step) = if step < 20 { 0.01 } else { 1e30 }";
        TrainingRun.Result result = train(late, "late");
        assertEquals(Training.End.STOPPED_EARLY, result.outcome().end());
        assertTrue(result.outcome().epochs() < 10 && Double.isFinite(result.scores().get("train").loss()), result.toString());
    }

    @Test
    void what_is_promised_to_be_probabilities_has_to_be_some() {
        RecipeException refusal = assertThrows(RecipeException.class,
                () -> train(SOURCE.replace("Dense(2, softmax)", "Dense(2)"), "linear"));
        assertTrue(refusal.getMessage().startsWith("the values of `side`, category(2), are not probabilities: one is "),
                refusal.getMessage());
    }

    /// Asks to stop after a number of steps.
    private static final class CancelledAfter implements Progress {

        private int left;

        CancelledAfter(int steps) {
            left = steps;
        }

        @Override
        public void step(int epoch, int done, int of, float loss) {
            left--;
        }

        @Override
        public boolean cancelled() {
            return left <= 0;
        }
    }
}

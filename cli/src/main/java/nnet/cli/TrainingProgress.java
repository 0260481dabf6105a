package nnet.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import nnet.trainer.Progress;

/// Shows a training while it runs: a line that is written over on a terminal, plain lines in a log. When the process is told to end (Ctrl-C), the training
/// is asked to stop and given a moment to do so.
final class TrainingProgress implements Progress, AutoCloseable {

    /// Lines in a log, at most, and redraws of a terminal's line in a second.
    private static final int LOG_LINES = 20;
    private static final long REDRAW = 100_000_000;
    private static final int BAR = 16;

    /// Paths of parameters that are told.
    private static final int FRESH = 6;

    private final Terminal terminal;
    private final String farewell;
    private final long start = System.nanoTime();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread onExit;
    private volatile boolean cancelled;
    private long drawn = start;
    private boolean lineIsOpen;
    private Optional<Epoch> lastEpoch = Optional.empty();
    private final int epochs;
    private int firstEpoch;
    private boolean hasStarted;

    private TrainingProgress(Terminal terminal, int epochs, String farewell) {
        this.epochs = epochs;
        this.terminal = terminal;
        this.farewell = farewell;
        onExit = new Thread(this::cancel, "nnc-interrupt");
    }

    /// @param epochs   how many there are to be
    /// @param farewell what to say when the training was interrupted; later is too late, since the process ends as soon as the training has
    static TrainingProgress on(Terminal terminal, int epochs, String farewell) {
        TrainingProgress progress = new TrainingProgress(terminal, epochs, farewell);
        Runtime.getRuntime().addShutdownHook(progress.onExit);
        return progress;
    }

    private void cancel() {
        cancelled = true;
        try {
            ended.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    /// Told once, not for each fold.
    @Override
    public void startsFrom(Path file, List<String> fresh) {
        if (hasStarted) {
            return;
        }
        hasStarted = true;
        String some = fresh.stream().limit(FRESH).collect(Collectors.joining(", "));
        String more = fresh.size() > FRESH ? " and " + (fresh.size() - FRESH) + " more" : "";
        terminal.err().println("starts from " + file + (fresh.isEmpty() ? "" : ", which has no " + some + more + " of this shape"));
    }

    @Override
    public void step(int epoch, int done, int of, float loss) {
        if (firstEpoch == 0) {
            firstEpoch = epoch;
        }
        if (!terminal.interactive()) {
            return;
        }
        long now = System.nanoTime();
        if (now - drawn > REDRAW) {
            drawn = now;
            draw(epoch, epoch - 1 + (double) done / of, loss, now);
        }
    }

    private void draw(int epoch, double epochsDone, float loss, long now) {
        double share = epochsDone / epochs;
        double since = (now - start) * 1e-9;
        double fresh = epochsDone - (firstEpoch - 1);
        String left = fresh > 0 ? "  " + Numbers.time(since / fresh * (epochs - epochsDone)) + " left" : "";
        int filled = Math.clamp(Math.round(share * BAR), 0, BAR);
        String bar = "━".repeat(filled) + "╌".repeat(BAR - filled);
        line(bar + left + "  "
                + lastEpoch.map(TrainingProgress::text).orElseGet(() -> place(epoch, epochs) + "  loss " + Numbers.brief(loss)));
        lineIsOpen = true;
    }

    @Override
    public void epoch(Epoch epoch) {
        lastEpoch = Optional.of(epoch);
        if (!terminal.interactive()
                && (epoch.number() % Math.max(1, (epoch.of() + LOG_LINES - 1) / LOG_LINES) == 0 || epoch.number() == epoch.of())) {
            terminal.err().println(text(epoch));
        }
    }

    private static String text(Epoch epoch) {
        String validation = epoch.validation().isPresent()
                ? "  validation " + Numbers.brief(epoch.validation().loss()) + epoch.validation().metrics().entrySet().stream()
                        .map(metric -> "  " + metric.getKey() + " " + Numbers.brief(metric.getValue())).collect(Collectors.joining())
                : "";
        return place(epoch.number(), epoch.of()) + "  loss " + Numbers.brief(epoch.trainLoss()) + validation + "  "
                + Numbers.grouped(Math.round(epoch.examplesPerSecond())) + " examples/s";
    }

    /// `epoch  20/400`: as wide as the last one will be, so that lines stand below each other.
    private static String place(int epoch, int of) {
        String number = Integer.toString(epoch);
        String last = Integer.toString(of);
        return "epoch " + " ".repeat(last.length() - number.length()) + number + "/" + last;
    }

    /// Writes over the current line of the terminal, which cuts what is too long for it.
    private void line(String text) {
        terminal.err().print("\r\u001B[2K\u001B[?7l" + text + "\u001B[?7h");
        terminal.err().flush();
    }

    /// Ends the line; the terminal is then as if it had never been written over.
    @Override
    public void close() {
        if (ended.getCount() == 0) {
            return;
        }
        if (lineIsOpen) {
            line(lastEpoch.map(TrainingProgress::text).orElse(""));
            terminal.err().println();
        }
        if (cancelled) {
            terminal.err().println(farewell);
        }
        ended.countDown();
        if (!cancelled) {
            Runtime.getRuntime().removeShutdownHook(onExit);
        }
    }
}

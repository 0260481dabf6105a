package nnet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Runs every cell in turn, several rounds (A B A B, so that a drift of the machine touches all alike), and writes the report.
public final class Main {
    private static final List<Integer> THREADS = List.of(1, 2);

    private Main() {}

    /// `Main ROUNDS FILE`: the number of rounds, and the Markdown file to write.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = Integer.parseInt(arguments[0]);
        Path report = Path.of(arguments[1]);
        Results results = new Results();
        for (int round = 1; round <= rounds; round++) {
            for (Workload workload : Workload.values()) {
                for (int threads : THREADS) {
                    for (Contender contender : workload.contenders()) {
                        if (threads == 1 || workload.usesThreads() && contender.usesThreads()) {
                            measure(new Cell(workload, contender, threads), round, rounds, results);
                        }
                    }
                }
            }
        }
        results.requireEqualLosses();
        Files.writeString(report, Report.markdown(results, rounds, THREADS));
        System.out.println("written: " + report);
    }

    private static void measure(Cell cell, int round, int rounds, Results results) throws IOException, InterruptedException {
        var values = Fork.run(cell);
        values.forEach((key, value) -> results.add(cell, key, value));
        System.out.println("round " + round + " of " + rounds + ": " + cell + " " + values);
    }
}

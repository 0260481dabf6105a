package nnet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Runs every cell in turn, several rounds (A B A B, so that a drift of the machine touches all alike), and writes the report.
public final class Main {
    private static final List<Integer> THREADS = List.of(1, 2);

    private Main() {}

    /// `Main ROUNDS FILE [NAME...]`: the number of rounds, the Markdown file to write, and the workloads or sections to measure where not all are
    /// (any case; the beginning of a name will do).
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = Integer.parseInt(arguments[0]);
        Path report = Path.of(arguments[1]);
        List<String> filters = List.of(arguments).subList(2, arguments.length);
        List<Workload> chosen = Stream.of(Workload.values())
                .filter(workload -> filters.isEmpty() || filters.stream().anyMatch(workload::isNamed)).toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("nothing is called " + filters + "; there are " + List.of(Workload.values()));
        }
        Results results = new Results();
        for (int round = 1; round <= rounds; round++) {
            for (Workload workload : chosen) {
                for (int threads : THREADS) {
                    for (Contender contender : workload.contenders()) {
                        if (threads == 1 || workload.section.usesThreads() && contender.usesThreads()) {
                            measure(new Cell(workload, contender, threads), round, rounds, results);
                        }
                    }
                }
            }
        }
        List<String> unequal = results.takeOutUnequalWork();
        Files.writeString(report, Report.markdown(results, rounds, THREADS));
        System.out.println("written: " + report);
        if (!unequal.isEmpty()) {
            throw new IllegalStateException(String.join("\n", unequal));
        }
    }

    private static void measure(Cell cell, int round, int rounds, Results results) throws IOException, InterruptedException {
        var values = Fork.run(cell);
        values.forEach((key, value) -> results.add(cell, key, value));
        System.out.println("round " + round + " of " + rounds + ": " + cell + " " + values);
    }
}

package nnet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Measures workload after workload and writes the report.
public final class Main {
    private static final List<Integer> THREADS = List.of(1, 2);

    private Main() {}

    /// `Main FILE [NAME...]`: the Markdown file to write, and the workloads or sections to measure where not all are (any case; the beginning of a name will do).
    public static void main(String[] arguments) throws IOException {
        Path report = Path.of(arguments[0]);
        List<String> filters = List.of(arguments).subList(1, arguments.length);
        List<Workload> chosen = Stream.of(Workload.values())
                .filter(workload -> filters.isEmpty() || filters.stream().anyMatch(workload::isNamed)).toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("nothing is called " + filters + "; there are " + List.of(Workload.values()));
        }
        Results results = new Results();
        List<String> problems = new ArrayList<>();
        for (Workload workload : chosen) {
            for (int threads : THREADS) {
                if (threads == 1 || workload.section.usesThreads()) {
                    take(workload, threads, results).ifPresent(problems::add);
                }
            }
        }
        problems.addAll(results.takeOutUnequalWork());
        Files.writeString(report, Report.markdown(results, THREADS));
        System.out.println("written: " + report);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("\n", problems));
        }
    }

    /// What one contender cannot do takes nothing from what the others have measured.
    private static Optional<String> take(Workload workload, int threads, Results results) throws IOException {
        try {
            Turns.take(workload, threads, results);
            return Optional.empty();
        } catch (Fork.Failure failure) {
            System.out.println(failure.getMessage());
            return Optional.of(failure.getMessage());
        }
    }
}

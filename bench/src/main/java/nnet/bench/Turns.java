package nnet.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// The contenders of one workload on one number of threads, side by side: each in a JVM that lives as long as the others and sleeps while it is not its turn. A machine that
/// changes its speed does so for all of them.
final class Turns implements AutoCloseable {
    private final Workload workload;
    private final Results results;
    private final List<Fork> forks = new ArrayList<>();

    private Turns(Workload workload, int threads, List<Contender> contenders, Results results) throws IOException {
        this.workload = workload;
        this.results = results;
        for (Contender contender : contenders) {
            forks.add(new Fork(workload, contender, threads));
        }
    }

    static void take(Workload workload, int threads, Results results) throws IOException {
        List<Contender> contenders = workload.contenders(threads);
        if (workload.measurement.pace().turns() > 0) {
            take(workload, threads, contenders, results);
            return;
        }
        // What is measured in one piece may be the beginning of the process.
        for (Contender contender : contenders) {
            take(workload, threads, List.of(contender), results);
        }
    }

    private static void take(Workload workload, int threads, List<Contender> contenders, Results results) throws IOException {
        try (Turns turns = new Turns(workload, threads, contenders, results)) {
            workload.measurement.rows().forEach(turns::row);
        }
    }

    /// All build at the same time, warm up one after the other, and then take turns: A B C A B C.
    private void row(String row) {
        Pace pace = workload.measurement.pace();
        forks.forEach(fork -> fork.say(Seat.OPEN + row));
        forks.forEach(Fork::answer);
        if (pace.turns() > 0) {
            forks.forEach(fork -> turn(fork, pace.warmUp(fork.contender())));
        }
        for (int turn = 0; turn < pace.turns(); turn++) {
            forks.forEach(fork -> results.add(fork.cell(row), turn(fork, pace.turn())));
        }
        for (Fork fork : forks) {
            results.add(fork.cell(row), fork.ask(Seat.CLOSE));
            System.out.println(fork.cell(row) + " " + results.medians(fork.cell(row)));
        }
    }

    private static Map<String, Double> turn(Fork fork, double seconds) {
        Map<String, Double> measured = fork.ask(Seat.TURN + seconds);
        LockSupport.parkNanos((long) (1e9 * Pace.asleepAfter(fork.contender())));
        return measured;
    }

    @Override
    public void close() {
        forks.forEach(Fork::close);
    }
}

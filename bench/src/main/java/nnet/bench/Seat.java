package nnet.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where a contender sits: the main class of a JVM that waits for its turn. It reads commands, one a line, asleep until the next one comes, and answers each with
/// lines of `key value` and an end.
final class Seat {
    static final String OPEN = "open ";
    static final String TURN = "turn ";
    static final String CLOSE = "close";

    static final String MARK = "measured: ";
    static final String END = "measured.";

    /// Bytes of memory that the process has held at most.
    static final String MEMORY = "resident peak";

    private final Workload workload;
    private final Contender contender;
    private final int threads;
    private Work work;

    private Seat(Workload workload, Contender contender, int threads) {
        this.workload = workload;
        this.contender = contender;
        this.threads = threads;
    }

    public static void main(String[] arguments) throws Exception {
        Seat seat = new Seat(Workload.valueOf(arguments[0]), Contender.valueOf(arguments[1]), Integer.parseInt(arguments[2]));
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            seat.answer(command).forEach((key, value) -> System.out.println(MARK + key + " " + value));
            System.out.println(END);
            System.out.flush();
        }
        // Threads of a peer's pool do not keep the process.
        System.exit(0);
    }

    private Map<String, Double> answer(String command) throws Exception {
        if (command.startsWith(OPEN)) {
            work = open(command.substring(OPEN.length()));
            return Map.of();
        }
        if (command.startsWith(TURN)) {
            return work.turn(Double.parseDouble(command.substring(TURN.length())));
        }
        return close();
    }

    /// The machine does the same beside every work.
    private Work open(String row) throws Exception {
        return contender == Contender.MACHINE ? new Peak() : workload.measurement.opening().open(contender, threads, row);
    }

    private Map<String, Double> close() throws Exception {
        try (Work _ = work) {
            Map<String, Double> facts = new LinkedHashMap<>(work.facts());
            facts.put(MEMORY, Machine.residentPeak());
            return facts;
        }
    }
}

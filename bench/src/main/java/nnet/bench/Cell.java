package nnet.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/// One contender at one piece of work with a number of threads: what one JVM measures. It prints `key value` lines.
record Cell(Workload workload, Contender contender, int threads) {

    /// Bytes of memory that the process has held at most.
    static final String MEMORY = "resident peak";

    public static void main(String[] arguments) throws Exception {
        var cell = new Cell(Workload.valueOf(arguments[0]), Contender.valueOf(arguments[1]), Integer.parseInt(arguments[2]));
        Map<String, Double> values = new LinkedHashMap<>(cell.workload.measurement.measure(cell.contender, cell.threads));
        values.putIfAbsent(MEMORY, Machine.residentPeak());
        values.forEach((key, value) -> System.out.println(Fork.MARK + key + " " + value));
        // Threads of a peer's pool do not keep the process.
        System.exit(0);
    }
}

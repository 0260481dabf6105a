package nnet.bench;

/// One contender at one row of a workload, with a number of threads.
record Cell(Workload workload, String row, Contender contender, int threads) {

    /// The only row of a workload.
    Cell(Workload workload, Contender contender, int threads) {
        this(workload, "", contender, threads);
    }

    /// Another at the same work.
    Cell by(Contender other) {
        return new Cell(workload, row, other, threads);
    }

    @Override
    public String toString() {
        return workload + (row.isEmpty() ? "" : " " + row) + " on " + threads + ": " + contender.title;
    }
}

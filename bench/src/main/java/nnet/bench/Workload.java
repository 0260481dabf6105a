package nnet.bench;

import java.util.List;

/// What is measured, and who takes part.
enum Workload {
    PEAK(Contender.MACHINE), MATRIX(Contender.NNC, Contender.OPENBLAS, Contender.PLAIN_JAVA),
    XOR(Contender.NNC, Contender.LIBTORCH, Contender.PLAIN_JAVA),
    MLP(Contender.NNC, Contender.LIBTORCH, Contender.PLAIN_JAVA);

    private final List<Contender> contenders;

    Workload(Contender... contenders) {
        this.contenders = List.of(contenders);
    }

    List<Contender> contenders() {
        return contenders;
    }
}

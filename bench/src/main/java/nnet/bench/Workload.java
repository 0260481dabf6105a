package nnet.bench;

import java.util.List;

/// What is measured, and who takes part.
enum Workload {
    PEAK(Contender.MACHINE),
    MATRIX(Contender.NNC, Contender.OPENBLAS, Contender.PLAIN_JAVA),
    XOR(Contender.NNC, Contender.LIBTORCH, Contender.PLAIN_JAVA),
    MLP(Contender.NNC, Contender.LIBTORCH, Contender.PLAIN_JAVA),
    LSTM(Contender.NNC, Contender.LIBTORCH),
    /// Milliseconds to compile a network against its number of layers.
    COMPILE(Contender.NNC),
    /// Seconds of whole commands, and the sizes of jars.
    COMMANDS(Contender.NNC);

    private final List<Contender> contenders;

    Workload(Contender... contenders) {
        this.contenders = List.of(contenders);
    }

    /// Compiling is done on one thread, and commands choose for themselves.
    boolean usesThreads() {
        return this != COMPILE && this != COMMANDS;
    }

    List<Contender> contenders() {
        return contenders;
    }
}

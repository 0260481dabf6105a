package nnet.runtime;

/// The weights to predict with. Those of a network are never changed, but replaced as a whole; those of a trainer change with every step.
final class Current {

    volatile Buffers buffers;

    Current(Buffers buffers) {
        this.buffers = buffers;
    }
}

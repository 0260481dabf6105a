package nnet.compiler.emit;

import nnet.compiler.schedule.Target;

/// The machine that methods are emitted for.
record Machine(Target target) {

    boolean isScalar() {
        return target.lanes() == 1;
    }
}

package nnet.compiler;

import java.util.function.Supplier;

/// Who walks along: every pass of a compilation goes through one function, so that it can be timed, verified or printed from outside.
public interface Journey {

    /// Nobody watches.
    Journey SILENT = new Journey() {
        @Override
        public <N> N pass(String name, String unit, Supplier<N> work) {
            return work.get();
        }
    };

    /// Runs a pass and returns the noun that it makes.
    ///
    /// @param name the pass: `parse`, `check`, `elaborate`, `batch`, ...
    /// @param unit what it works on: a file, a program, or a program for a target (`gradient/Vector512`)
    <N> N pass(String name, String unit, Supplier<N> work);
}

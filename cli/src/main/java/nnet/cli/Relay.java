package nnet.cli;

import java.nio.file.Path;
import nnet.compiler.model.Model;
import nnet.trainer.Effort;

/// A training is run by one of two JVMs. The script `nnc` begins with one that starts at once but computes slowly: all its classes come from an ahead-of-time cache, and it
/// has neither the optimising compiler nor vectors. There small trainings are over before another JVM would have begun. What is not small it passes on to one that
/// computes at full speed, by ending with an exit code before it has said anything.
final class Relay {

    /// Means that somebody else is to go on: `EX_TEMPFAIL`, in the words of sysexits.h, that the command should be tried again.
    static final int EXIT_CODE = 75;
    /// The property by which the script tells that somebody else is there.
    private static final String PROPERTY = "nnc.relay";

    private Relay() {
    }

    /// Not a mistake: the way out of a command that another JVM runs.
    static final class Passed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Passed() {
            super(null, null, false, false);
        }
    }

    /// Passes a training on if it is not small and there is somebody to take it.
    ///
    /// @param times how often the network is trained
    static void look(Model model, Path folder, int times) {
        if (Boolean.getBoolean(PROPERTY) && !Effort.isSmall(model, folder, times)) {
            throw new Passed();
        }
    }
}

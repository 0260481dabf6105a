package nnet.cli;

import java.io.IOException;
import java.util.Optional;
import nnet.runtime.Network;
import nnet.trainer.LoadedNetwork;
import picocli.CommandLine.Mixin;

/// What the commands that use trained weights have in common.
abstract class TrainedCommand extends NetworkCommand {

    @Mixin
    WeightsOption weights = new WeightsOption();

    @Override
    boolean set(String name, String value) {
        return weights.set(name, value) || super.set(name, value);
    }

    @Override
    final boolean run() throws IOException {
        Optional<LoadedNetwork> loaded = source.load(terminal());
        if (loaded.isPresent()) {
            run(loaded.get(), weights.restore(loaded.get()));
        }
        return loaded.isPresent();
    }

    /// @param network has the trained weights
    abstract void run(LoadedNetwork loaded, Network network) throws IOException;
}

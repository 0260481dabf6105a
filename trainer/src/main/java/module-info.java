/// Data sources, the training loop, checkpoints, metrics and reports.
module nnet.trainer {
    requires transitive nnet.compiler;
    requires transitive nnet.runtime;
    requires nnet.stdlib;
    requires com.fasterxml.jackson.core;
    requires de.siegmar.fastcsv;
    requires java.desktop;

    exports nnet.trainer;
    exports nnet.trainer.data;
    exports nnet.trainer.data.text;
    exports nnet.trainer.generate;
}

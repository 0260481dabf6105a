/// The command `nnc`.
module nnet.cli {
    requires info.picocli;
    requires nnet.embed;
    requires nnet.trainer;

    opens nnet.cli to info.picocli;
}

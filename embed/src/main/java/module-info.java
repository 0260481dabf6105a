/// The compiler inside of other programs.
@SuppressWarnings("module")
module nnet.embed {
    requires transitive nnet.compiler;
    requires transitive nnet.runtime;
    requires nnet.trainer;

    exports nnet.embed;
    exports nnet.embed.build to nnet.cli;
}

/// Source text in, class bytes and diagnostics out. The passes themselves stay inside.
@SuppressWarnings("module")
module nnet.compiler {
    requires nnet.grammar;
    requires org.objectweb.asm;

    exports nnet.compiler;
    exports nnet.compiler.check;
    exports nnet.compiler.fuse;
    exports nnet.compiler.loop;
    exports nnet.compiler.model;
    exports nnet.compiler.parse;
    exports nnet.compiler.plan;
    exports nnet.compiler.schedule;
    exports nnet.compiler.source;
    exports nnet.compiler.syntax;
    exports nnet.compiler.tensor;
    exports nnet.compiler.type;

    // What prints a network or its kernels as Java.
    exports nnet.compiler.code to nnet.cli;
    exports nnet.compiler.emit to nnet.cli, nnet.embed;
}

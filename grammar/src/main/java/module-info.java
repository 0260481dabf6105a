/// The parser that ANTLR makes from the grammar.
///
/// ANTLR's jar names its module in its manifest, so the name is good for ever, though the module is an automatic one.
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module nnet.grammar {
    requires transitive org.antlr.antlr4.runtime;

    exports nnet.grammar;
}

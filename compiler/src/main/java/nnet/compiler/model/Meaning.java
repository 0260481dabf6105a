package nnet.compiler.model;

/// What the numbers of an input or output stand for, where the source gives them names.
public sealed interface Meaning permits Enumeration, Row {

    String name();
}

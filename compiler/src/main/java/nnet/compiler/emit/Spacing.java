package nnet.compiler.emit;

/// How the elements lie in memory that neighbouring iterations of a loop read.
enum Spacing {
    /// side by side
    NEXT,
    /// every second one: index 2j
    ALTERNATE,
    /// each one twice: index j / 2
    TWICE
}

/// Measurements side by side with what a user would pick instead: the same work, in one run, on one machine, as ratios.
///
/// `Main` is the whole measurement; each number comes from a JVM of its own (`Cell`), so that no contender warms or spoils another.
package nnet.bench;

/// Rewrites tensor graphs to a fixed point: the same mathematics with less work and better rounding.
package nnet.compiler.optimise;

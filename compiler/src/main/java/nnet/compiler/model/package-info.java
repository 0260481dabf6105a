/// The network after partial evaluation: every layer instantiated at its place, every shape known, every parameter named, the recipe resolved.
package nnet.compiler.model;

/// Element types, dimensions and shapes: what the model, tensor and loop stages share.
package nnet.compiler.type;

/// From model to tensor graphs: layers disappear, equations remain.
package nnet.compiler.elaborate;

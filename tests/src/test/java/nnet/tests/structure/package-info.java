/// What sources, packages and class files must look like.
package nnet.tests.structure;

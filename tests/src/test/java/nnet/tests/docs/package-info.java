/// What the documents show is true.
package nnet.tests.docs;

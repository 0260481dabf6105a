/// The repository under test, and places that look like a clone of it.
package nnet.tests.place;

/// The Maven plugin as a user meets it: real `mvn` processes on small projects.
package nnet.tests.maven;

/// The goals of nnet-maven-plugin. They run inside Maven on any Java from 17 on; the compiler runs in a process of its own on a JDK that is new enough.
package nnet.maven;

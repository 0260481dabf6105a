/// Folders of sources: what a build tool does with them. Only what changed is made anew, and what is no longer made disappears.
package nnet.embed.build;

/// Formats of files with data. Every file is untrusted: what it says about sizes is checked before memory is taken, and a bad one is refused with the place in it.
package nnet.trainer.data.file;

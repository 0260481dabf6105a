/// Texts from networks that predict the next token, of a text alone or of one that belongs to another.
package nnet.trainer.generate;

/// Texts from networks that predict the next token.
package nnet.trainer.generate;

/// From texts to numbers and back: vocabularies, how they are learnt from a text, and how they are kept.
package nnet.trainer.data.text;

/// The library that is written in `.nnet`: no classes, only files, which are there for everybody to read.
open module nnet.stdlib {
}

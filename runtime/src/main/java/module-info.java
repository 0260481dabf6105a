/// What generated classes call.
module nnet.runtime {
    exports nnet.runtime;
}

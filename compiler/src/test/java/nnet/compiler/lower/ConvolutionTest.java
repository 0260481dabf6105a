package nnet.compiler.lower;

import java.util.stream.Stream;
import nnet.compiler.tensor.Graph;

/// Convolutions over channels and taps, and their gradients.
class ConvolutionTest extends AgreementTest {

    @Override
    Stream<Graph> graphs() {
        return Convolutions.dense();
    }
}

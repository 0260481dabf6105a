package nnet.compiler.lower;

import java.util.stream.Stream;
import nnet.compiler.tensor.Graph;

/// Convolutions of each channel by itself, and their gradients.
class DepthwiseTest extends AgreementTest {

    @Override
    Stream<Graph> graphs() {
        return Convolutions.depthwise();
    }
}

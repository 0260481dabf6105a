package nnet.compiler.lower;

import java.util.List;
import java.util.stream.Stream;
import nnet.compiler.tensor.Graph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Convolutions, pools and their gradients: what the graph means, the same bits on every target.
class ConvolutionTest {

    static Stream<Graph> graphs() {
        return Convolutions.all().stream();
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void aLoweredConvolutionComputesWhatTheGraphDoes(Graph graph) {
        LowerTest.agree(graph, 3);
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void noTargetAndNoOrderChangesABit(Graph graph) {
        LowerTest.sameBits(graph, 2);
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void compiledCodeComputesTheBitsOfTheInterpreter(Graph graph) {
        LowerTest.compiled(graph, List.of(2));
    }
}

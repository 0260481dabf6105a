package nnet.compiler.lower;

import java.util.List;
import java.util.stream.Stream;
import nnet.compiler.tensor.Graph;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What lowered graphs owe, whatever they compute: what the graph means, and the same bits on every target.
@TestInstance(Lifecycle.PER_CLASS)
abstract class AgreementTest {

    abstract Stream<Graph> graphs();

    /// Examples of a batch that is compared with the graph's meaning.
    int examples() {
        return 3;
    }

    /// Examples of a batch that every target computes.
    int examplesForBits() {
        return 2;
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void aLoweredGraphComputesWhatTheGraphDoes(Graph graph) {
        LowerTest.agree(graph, examples());
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void noTargetAndNoOrderChangesABit(Graph graph) {
        LowerTest.sameBits(graph, examplesForBits());
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void compiledCodeComputesTheBitsOfTheInterpreter(Graph graph) {
        LowerTest.compiled(graph, List.of(examplesForBits()));
    }
}

package nnet.compiler.fuse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import nnet.compiler.differentiate.Differentiate;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.lower.Examples;
import nnet.compiler.lower.Lower;
import nnet.compiler.optimise.Optimise;
import nnet.compiler.schedule.Target;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Reader;
import org.junit.jupiter.api.Test;

class FuseTest {

    private static void assertClusters(Graph graph, String expected) {
        assertEquals(expected.strip(), Fuse.fuse(Optimise.optimise(graph)).print());
    }

    @Test
    void aTrainingStepOfAPerceptronIsNineKernelsAndOneUpdate() {
        assertClusters(Examples.mlp(784, 128, 10), """
                contraction [batch, 128]: %6 = contraction, %10* = maximum
                contraction [batch, 10]: %11 = contraction, %13* = add
                rows [batch]: %14 = max, %17 = exp, %18 = sum, %21* = subtract, %42* = subtract
                rows []: %22 = sum, %24* = divide
                flat [10]: %43* = sum
                contraction [batch, 128]: %44 = contraction, %47* = select
                contraction [128, 10]: %45* = contraction
                flat [128]: %48* = sum
                contraction [784, 128]: %49* = contraction
                """);
        assertClusters(Examples.adam(101_770), """
                flat [101770]: %10* = add, %16* = add, %37* = subtract
                """);
    }

    @Test
    void exclusiveOrTrainsInEightKernels() {
        assertClusters(Examples.xor(), """
                contraction [batch, 8]: %6 = contraction, %9* = tanh
                contraction [batch, 1]: %10 = contraction, %13* = sigmoid, %29* = multiply
                rows []: %17 = sum, %19* = divide
                flat [1]: %30* = sum
                contraction [batch, 8]: %31 = contraction, %36* = multiply
                contraction [8, 1]: %32* = contraction
                flat [8]: %37* = sum
                contraction [2, 8]: %38* = contraction
                """);
    }

    @Test
    void aNormalizationAndItsGradientWalkTheRowsOnce() {
        assertClusters(Examples.layerNorm(48), """
                rows [batch]: %2* = sum, %9* = sum, %20* = tanh, %21* = sum
                rows []: %22 = sum, %24* = divide
                flat [48]: %32* = sum
                """);
    }

    /// x and the error function of it are needed by the slope alone, which waits for a product behind.
    @Test
    void aSlopeIsComputedWhereItsPartsAreAndKeptInsteadOfThem() {
        Graph graph = Reader.read("""
                graph perceptron {
                  input %0 x: data f32[batch, 8]
                  input %1 w: parameter f32[8, 16]
                  input %2 v: parameter f32[16, 8]
                  %3 = contraction(%0, %1) left=[2, 0] right=[0, 1] result=[2, 1] : f32[batch, 16]
                  %4 = constant() type=f32[batch, 16] value=0.5 : f32[batch, 16]
                  %5 = multiply(%3, %4) : f32[batch, 16]
                  %6 = erf(%3) : f32[batch, 16]
                  %7 = constant() type=f32[batch, 16] value=1.0 : f32[batch, 16]
                  %8 = add(%6, %7) : f32[batch, 16]
                  %9 = multiply(%5, %8) : f32[batch, 16]
                  %10 = contraction(%9, %2) left=[2, 0] right=[0, 1] result=[2, 1] : f32[batch, 8]
                  %11 = tanh(%10) : f32[batch, 8]
                  %12 = sum(%11) axes=[0] : f32[8]
                  %13 = sum(%12) axes=[0] : f32[]
                  output loss: result %13
                }
                """);
        assertClusters(Differentiate.gradients(Optimise.simplify(graph), "loss", List.of("w")), """
                contraction [batch, 16]: %3 = contraction, %8 = add, %9* = multiply, %25* = add
                contraction [batch, 8]: %10 = contraction, %11* = tanh, %16* = subtract
                rows []: %12 = sum, %13* = sum
                contraction [batch, 16]: %17 = contraction, %26* = multiply
                contraction [8, 16]: %27* = contraction
                """);
    }

    @Test
    void statisticsOfTheBatchAreSumsOverColumnsTogether() {
        assertClusters(Examples.batchNorm(19), """
                flat [19]: %3* = sum, %12 = sum, %18* = divide
                rows [batch]: %24* = tanh, %25* = sum
                rows []: %26 = sum, %27* = divide
                flat [19]: %33* = sum
                """);
    }

    @Test
    void movementOfDataIsNoKernel() {
        assertClusters(Examples.contractions(), """
                contraction [batch, 7]: %3* = contraction
                contraction [3, batch, 7]: %4* = contraction
                contraction [9, batch, 3]: %5* = contraction
                contraction [batch, 5]: %6* = contraction
                contraction [batch, batch]: %7* = contraction
                flat [5, 9]: %8* = exp
                contraction [9, 9]: %9* = contraction
                contraction []: %10* = contraction
                rows [5]: %11* = sum
                contraction [5, 9]: %12* = contraction
                flat [21, 5]: %14* = reshape
                contraction [21, 9]: %15 = contraction, %17* = multiply
                """);
    }

    /// A head is a part of a part of what one product has made for all of them.
    @Test
    void headsAreReadWhereTheyLie() {
        assertClusters(Reader.read("""
                graph heads {
                  input %0 x: data f32[batch, 6, 8]
                  input %1 w: parameter f32[8, 16]
                  %2 = contraction(%0, %1) left=[3, 0, 1] right=[1, 2] result=[3, 0, 2] : f32[batch, 6, 16]
                  %3 = slice(%2) axis=2 start=0 size=8 stride=1 : f32[batch, 6, 8]
                  %4 = slice(%2) axis=2 start=8 size=8 stride=1 : f32[batch, 6, 8]
                  %5 = reshape(%3) shape=[batch, 6, 2, 4] : f32[batch, 6, 2, 4]
                  %6 = reshape(%4) shape=[batch, 6, 2, 4] : f32[batch, 6, 2, 4]
                  %7 = contraction(%5, %6) left=[4, 1, 0, 2] right=[4, 3, 0, 2] result=[4, 0, 1, 3] : f32[batch, 2, 6, 6]
                  output scores: result %7
                }
                """), """
                contraction [batch, 6, 16]: %2* = contraction
                contraction [batch, 2, 6, 6]: %7* = contraction
                """);
    }

    @Test
    void theShapeOfAnOutputCostsNoCopy() {
        Graph graph = Reader.read("""
                graph gradient {
                  input %0 x: data f32[6, 49]
                  input %1 cotangent: data f32[4, 49]
                  %2 = contraction(%1, %0) left=[0, 2] right=[1, 2] result=[0, 1] : f32[4, 6]
                  %3 = reshape(%2) shape=[4, 6, 1, 1] : f32[4, 6, 1, 1]
                  output conv.weight: gradient %3
                }
                """);
        assertClusters(graph, "contraction [4, 6]: %2* = contraction");
        LoopProgram program = Lower.lower(graph, Target.SCALAR);
        assertEquals(1, program.calls().size());
        assertEquals("conv.weight", program.calls().getFirst().arguments().getLast().storage().name());
    }
}

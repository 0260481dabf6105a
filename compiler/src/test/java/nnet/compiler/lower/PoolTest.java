package nnet.compiler.lower;

import java.util.stream.Stream;
import nnet.compiler.tensor.Graph;

/// Pools and their gradients.
class PoolTest extends AgreementTest {

    @Override
    Stream<Graph> graphs() {
        return Pools.all();
    }
}

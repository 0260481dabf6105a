package nnet.compiler.optimise;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Scan;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;

/// One scan, from which work moves before and behind it.
final class MovedScan {

    /// A scan of fewer steps does not make up for laying out a matrix.
    private static final int FEW_STEPS = 8;

    private MovedScan() {}

    /// @param around what defines the values outside
    /// @param live the results that are needed
    /// @return the values that take the place of these
    static Map<Value, Value> build(Builder builder, Map<Value, Equation> around, Equation equation, List<Value> live, boolean lays) {
        var body = new StepBody(builder, around, equation, live);
        var behind = new BehindScan(body);
        body.prune(live);
        new FirstStep(body, around, ((Scan) equation.op()).reverse()).merge();
        BeforeScan.hoist(body);
        behind.sink();
        if (lays && isLong(body.length)) {
            BeforeScan.turn(body);
        }
        body.prune(live);
        body.keepLength();
        Map<Value, Value> results = new HashMap<>();
        behind.results(body.add(results), results);
        return results;
    }

    private static boolean isLong(Dim length) {
        return !length.isFixed() || length.size() >= FEW_STEPS;
    }
}

package nnet.compiler.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import nnet.compiler.source.Span;

/// A `train` block with every setting resolved.
///
/// The bodies, by input and output names (roles as in the table of programs):
/// - `evaluate`: inputs, targets, parameters, states to outputs and `loss` of each example, for `training = false`;
/// - `train`: the same and `key` to `loss` (role RESULT: the mean over the batch plus penalties) and new states, for `training = true`;
/// - `metrics`: outputs and targets to one RESULT for each metric;
/// - `prepare`: flat `parameters` to the first optimiser states; `update`: flat `parameters`, flat `gradient`, optimiser states, `step` (`i32`, from 1) to new
///   `parameters` and optimiser states.
///
/// `text` holds every setting as a person would write it, in the order of the source, for reports.
public record Recipe(Span span, List<Port> targets, List<Metric> metrics, List<OptimizerState> optimizerStates, Body evaluate, Body train,
        Body metricsBody,
        Body prepare, Body update, Optional<Call> data, Optional<Call> validation, Optional<Call> test, Split split, int epochs, int batch,
        long seed,
        OptionalInt threads, boolean shuffle, Optional<Call> stop, List<Call> augment, Optional<String> startFrom, List<Setting> text) {

    public Recipe {
        targets = List.copyOf(targets);
        metrics = List.copyOf(metrics);
        optimizerStates = List.copyOf(optimizerStates);
        augment = List.copyOf(augment);
        text = List.copyOf(text);
    }

    public record Metric(String name, Span span) {
    }

    /// `allZero`: the state starts as zeros, so `prepare` need not run for it.
    public record OptimizerState(String name, boolean allZero) {
    }

    /// How many of the examples are kept out of training: below 1 a share of all, from 1 on a number of rows.
    ///
    /// @param isDrawn whether they are drawn by the seed; otherwise they are the last rows
    public record Split(double validation, double test, boolean isDrawn, Span span) {
    }

    public record Setting(String name, String text, Span span) {
    }

    /// A named thing with arguments that the trainer understands: `csv("xor.csv", header: true)`, `early_stopping(patience: 3)`. Every argument has a name.
    public record Call(String name, List<Argument> arguments, Span span) {
        public Call {
            arguments = List.copyOf(arguments);
        }

        public Optional<Argument> argument(String argumentName) {
            return arguments.stream().filter(argument -> argument.name().equals(argumentName)).findFirst();
        }
    }

    /// `value` is a `Long`, `Double`, `Boolean`, `String`, `Call` or a `List` of these.
    public record Argument(String name, Object value, Span span) {
    }
}

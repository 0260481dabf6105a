package nnet.compiler.check;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import nnet.compiler.check.Evaluator.Purpose;
import nnet.compiler.model.Body;
import nnet.compiler.model.Parameter;
import nnet.compiler.model.Recipe;
import nnet.compiler.model.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration.Kind;
import nnet.compiler.syntax.Expression;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// The optimiser over all trainable numbers at once, after clipping the gradient.
final class Optimizing {

    record Optimizer(List<Recipe.OptimizerState> states, Body prepare, Body update) {
    }

    /// Some parameter, for looking at an optimiser where the network's own are not known.
    static final List<Parameter> ANYTHING = List.of(new Parameter("", Optional.empty(), TensorType.f32(1), true, "", Span.NONE));

    private final Session session;
    private final FileScope file;
    private final Settings settings;

    Optimizing(Session session, FileScope file, Settings settings) {
        this.session = session;
        this.file = file;
        this.settings = settings;
    }

    Optional<Optimizer> run(Expression optimizer, List<Parameter> trainable) {
        long size = trainable.stream().mapToLong(parameter -> parameter.type().shape().size().size()).sum();
        if (size == 0) {
            session.report().add(new RuleProblem.Misplaced(settings.span(), "a recipe", "where no parameter can be trained", ""));
            return Optional.empty();
        }
        if (size > Integer.MAX_VALUE) {
            session.report().add(new LimitProblem.Huge(settings.span(), size + " parameters"));
            return Optional.empty();
        }
        TensorType type = TensorType.f32((int) size);
        OptimizerKeeper first = new OptimizerKeeper(type, true);
        OptimizerKeeper second = new OptimizerKeeper(type, false);
        Optional<Emission> prepare = step(optimizer, type, first, "prepare");
        Optional<Emission> update = prepare.isEmpty() ? Optional.empty() : step(optimizer, type, second, "update");
        return update.map(emission -> {
            first.states().forEach((name, state) -> prepare.get().output(name, Role.OPTIMIZER, state));
            second.states().forEach((name, state) -> emission.output(name, Role.OPTIMIZER, state));
            List<Recipe.OptimizerState> states = first.states().keySet().stream()
                    .map(name -> new Recipe.OptimizerState(name, first.startsAsZeros(name))).toList();
            return new Optimizer(states, prepare.get().buildPruned(), emission.build());
        });
    }

    private Optional<Emission> step(Expression optimizer, TensorType type, OptimizerKeeper keeper, String name) {
        Emission emission = session.emission();
        Evaluator evaluator = new Evaluator(session, Purpose.OPTIMIZER, emission, keeper, new Place(""));
        Span span = optimizer.span();
        Variable weights = emission.input("parameters", Role.PARAMETER, type, OptionalInt.empty(), span);
        Variable gradient = emission.input("gradient", Role.GRADIENT, type, OptionalInt.empty(), span);
        Variable count = emission.input("step", Role.CONTROL, TensorType.scalar(ElementType.I32), OptionalInt.empty(), span);
        Datum clipped = clipped(evaluator, new Datum.Tensor(gradient), type);
        Datum function = evaluator.evaluate(optimizer, Scope.of(file), Want.of(Kind.OPTIMIZER));
        if (!(function instanceof Datum.Callable) && !(function instanceof Datum.Unknown)) {
            session.report().add(
                    new KindProblem.Expected(span, "the optimiser", "an optimiser such as Adam(rate: 1e-3)", Datum.describe(function), ""));
            return Optional.empty();
        }
        Datum step = new Datum.Tensor(emission.convert(span, count, ElementType.F32));
        Datum next = evaluator.calls().apply(function, List.of(new Datum.Tensor(weights), clipped, step), span);
        Optional<Variable> result = sameType(evaluator, next, type, "the value of an optimiser", span);
        if (name.equals("update")) {
            result.ifPresent(value -> emission.output("parameters", Role.PARAMETER, value));
        }
        return result.map(_ -> emission);
    }

    private Datum clipped(Evaluator evaluator, Datum gradient, TensorType type) {
        Optional<Expression> clip = settings.find("clip");
        if (clip.isEmpty()) {
            return gradient;
        }
        Datum function = evaluator.evaluate(clip.get(), Scope.of(file), Want.of(Kind.CLIP));
        Datum value = evaluator.calls().apply(function, List.of(gradient), clip.get().span());
        return sameType(evaluator, value, type, "the clipped gradient", clip.get().span()).map(clipped -> (Datum) new Datum.Tensor(clipped))
                .orElse(new Datum.Unknown());
    }

    private Optional<Variable> sameType(Evaluator evaluator, Datum value, TensorType type, String what, Span span) {
        Optional<Variable> variable = evaluator.tensor(value, what, span);
        if (variable.isPresent() && !variable.get().type().equals(type)) {
            session.report().add(new ShapeProblem.Needed(span, what, "of the shape of the parameters", variable.get()));
            return Optional.empty();
        }
        return variable;
    }
}

package nnet.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import nnet.compiler.check.Evaluator.Purpose;
import nnet.compiler.check.NetworkCheck.Pass;
import nnet.compiler.model.Body;
import nnet.compiler.model.Recipe;
import nnet.compiler.model.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration.Kind;
import nnet.compiler.syntax.Declaration.Train;
import nnet.compiler.syntax.Expression;
import nnet.compiler.tensor.Add;
import nnet.compiler.tensor.Graph.Role;

/// Resolves a `train` block: adds the loss to the network, and makes the bodies of metrics and optimiser.
final class RecipeCheck {

    private static final Body NOTHING = new Body(List.of(), List.of(), List.of());

    private final Session session;
    private final NetworkCheck network;
    private final FileScope file;
    private final Train train;
    private final Settings settings;

    RecipeCheck(Session session, NetworkCheck network, FileScope file, Train train) {
        this.session = session;
        this.network = network;
        this.file = file;
        this.train = train;
        Evaluator plain = new Evaluator(session, Purpose.METRIC, session.emission(), new Keeper.Nothing("in a recipe"), new Place(""));
        this.settings = new Settings(plain, train, Scope.of(file));
    }

    Settings settings() {
        return settings;
    }

    /// The recipe, or empty where something is wrong with it; as much as can be looked at is looked at, so that one run says all.
    Optional<Recipe> run(Registry registry) {
        Optional<Expression> loss = settings.required("loss", "loss = mean_squared_error");
        Optional<Expression> optimizer = settings.required("optimizer", "optimizer = Adam(rate: 1e-3)");
        Optional<Pass> evaluation = network.run(Purpose.PREDICTION);
        Optional<Pass> training = network.run(Purpose.TRAINING);
        boolean isSound = evaluation.isPresent() && training.isPresent();
        Freezing freezing = new Freezing(session.report(), isSound ? settings.find("freeze") : Optional.empty(), registry);
        Optional<Losses.Loss> losses = isSound
                ? loss.map(expression -> losses(evaluation.get(), training.get(), expression, freezing))
                : Optional.empty();
        Metrics metrics = new Metrics(session, network, file, losses.map(Losses.Loss::targets).orElse(List.of()));
        Optional<Body> metricsBody = losses.map(_ -> metrics.run(settings.find("metrics")));
        Optional<Optimizing.Optimizer> optimizing = optimizer.flatMap(
                expression -> new Optimizing(session, file, settings).run(expression,
                        isSound ? freezing.trainable(registry.parameters()) : Optimizing.ANYTHING));
        Recipe recipe = new Recipe(train.span(), losses.map(Losses.Loss::targets).orElse(List.of()), metrics.found(),
                optimizing.map(Optimizing.Optimizer::states).orElse(List.of()), body(evaluation), body(training),
                metricsBody.orElse(NOTHING),
                optimizing.map(Optimizing.Optimizer::prepare).orElse(NOTHING), optimizing.map(Optimizing.Optimizer::update).orElse(NOTHING),
                settings.call("data", TrainerCalls.SOURCES), settings.call("validation", TrainerCalls.SOURCES),
                settings.call("test", TrainerCalls.SOURCES),
                settings.split(),
                (int) settings.whole("epochs", 1, 1_000_000_000, 10), (int) settings.whole("batch", 1, 1 << 24, 32),
                settings.whole("seed", 0, Long.MAX_VALUE, 0), threads(), settings.truth("shuffle", true),
                settings.call("stop", TrainerCalls.STOPS), settings.calls("augment", TrainerCalls.AUGMENTATIONS),
                settings.text("start_from"), settings.texts());
        return session.report().hasErrors() ? Optional.empty() : Optional.of(recipe);
    }

    private static Body body(Optional<Pass> pass) {
        return pass.map(one -> one.emission().build()).orElse(NOTHING);
    }

    private OptionalInt threads() {
        int threads = (int) settings.whole("threads", 1, 1024, 0);
        return threads == 0 ? OptionalInt.empty() : OptionalInt.of(threads);
    }

    /// Adds to the network for prediction its outputs and the loss of each example, and to that for training the mean loss with penalties and the new states.
    private Losses.Loss losses(Pass evaluation, Pass training, Expression expression, Freezing freezing) {
        Losses losses = new Losses(session, network);
        Losses.Loss each = losses.add(evaluation, expression);
        for (int i = 0; i < evaluation.outputs().size(); i++) {
            evaluation.emission().output(network.outputs().get(i).name(), Role.DATA, evaluation.outputs().get(i));
        }
        each.value().ifPresent(value -> evaluation.emission().output("loss", Role.DATA, value));
        losses.add(training, expression).value().ifPresent(value -> {
            Emission emission = training.emission();
            Variable mean = Metrics.mean(emission, value, expression.span());
            for (Variable penalty : penalties(training, freezing)) {
                mean = emission.emit(expression.span(), new Add(), mean, penalty);
            }
            emission.output("loss", Role.RESULT, mean);
            training.keeper().outputStates(emission);
        });
        return each;
    }

    /// Penalties hold for trainable weights: parameters of at least two axes, so not biases and scales.
    private List<Variable> penalties(Pass pass, Freezing freezing) {
        List<Variable> penalties = new ArrayList<>();
        Optional<Expression> setting = settings.find("penalty");
        if (setting.isEmpty()) {
            return penalties;
        }
        Evaluator evaluator = pass.evaluator();
        Datum value = evaluator.evaluate(setting.get(), Scope.of(file), Want.of(Kind.PENALTY));
        List<Datum> functions = value instanceof Datum.Listing(List<Datum> elements) ? elements : List.of(value);
        for (Datum function : functions) {
            pass.keeper().parameters().forEach((path, parameter) -> {
                if (!freezing.isFrozen(path) && parameter.type().rank() >= 2) {
                    Datum penalty = evaluator.calls().apply(function, List.of(new Datum.Tensor(parameter)), setting.get().span());
                    evaluator.tensor(penalty, "a penalty", setting.get().span()).filter(one -> isScalar(one, setting.get().span()))
                            .ifPresent(penalties::add);
                }
            });
        }
        return penalties;
    }

    private boolean isScalar(Variable variable, Span span) {
        if (variable.type().rank() > 0) {
            session.report().add(new ShapeProblem.Needed(span, "a penalty", "one number", variable));
        }
        return variable.type().rank() == 0;
    }
}

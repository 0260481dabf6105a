package nnet.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import nnet.compiler.check.Evaluator.Purpose;
import nnet.compiler.check.NetworkCheck.Pass;
import nnet.compiler.model.Body;
import nnet.compiler.model.Port;
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

    private final Session session;
    private final NetworkCheck network;
    private final FileScope file;
    private final Train train;
    private final Settings settings;
    private final Losses losses;

    RecipeCheck(Session session, NetworkCheck network, FileScope file, Train train) {
        this.session = session;
        this.network = network;
        this.file = file;
        this.train = train;
        Evaluator plain = new Evaluator(session, Purpose.METRIC, session.emission(), new Keeper.Nothing("in a recipe"), new Place(""));
        this.settings = new Settings(plain, train, Scope.of(file));
        this.losses = new Losses(session, network);
    }

    Settings settings() {
        return settings;
    }

    /// The recipe, or empty where something is wrong with it. `trainable` parameters are asked for once the network has been evaluated.
    Optional<Recipe> run(Registry registry) {
        Optional<Expression> loss = settings.required("loss", "loss = mean_squared_error");
        Optional<Expression> optimizer = settings.required("optimizer", "optimizer = Adam(rate: 1e-3)");
        Optional<Pass> evaluation = network.run(Purpose.PREDICTION);
        Optional<Pass> training = network.run(Purpose.TRAINING);
        int epochs = (int) settings.whole("epochs", 1, 1_000_000_000, 10);
        int batch = (int) settings.whole("batch", 1, 1 << 24, 32);
        long seed = settings.whole("seed", 0, Long.MAX_VALUE, 0);
        int threads = (int) settings.whole("threads", 1, 1024, 0);
        Optional<Recipe.Call> data = settings.call("data", List.of("csv"));
        Optional<Recipe.Call> validation = settings.call("validation", List.of("csv"));
        Optional<Recipe.Call> test = settings.call("test", List.of("csv"));
        Optional<Recipe.Call> stop = settings.call("stop", List.of("early_stopping"));
        Recipe.Split split = settings.split();
        Optional<String> startFrom = settings.text("start_from");
        boolean shuffle = settings.truth("shuffle", true);
        if (loss.isEmpty() || optimizer.isEmpty() || evaluation.isEmpty() || training.isEmpty()) {
            return Optional.empty();
        }
        Freezing freezing = new Freezing(session.report(), settings.find("freeze"), registry);
        Optional<List<Port>> targets = evaluated(evaluation.get(), loss.get());
        if (targets.isEmpty()) {
            return Optional.empty();
        }
        Optional<Body> trainBody = trained(training.get(), loss.get(), targets.get(), freezing);
        Metrics metrics = new Metrics(session, network, file, targets.get());
        Body metricsBody = metrics.run(settings.find("metrics"));
        Optional<Optimizing.Optimizer> optimizing = new Optimizing(session, file, settings).run(optimizer.get(),
                freezing.trainable(registry.parameters()));
        if (trainBody.isEmpty() || optimizing.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Recipe(train.span(), targets.get(), metrics.found(), optimizing.get().states(),
                evaluation.get().emission().build(), trainBody.get(),
                metricsBody, optimizing.get().prepare(), optimizing.get().update(), data, validation, test, split, epochs, batch, seed,
                threads == 0 ? OptionalInt.empty() : OptionalInt.of(threads), shuffle, stop, startFrom, settings.texts()));
    }

    /// Outputs, and the loss of each example. The result is what the loss compares with.
    private Optional<List<Port>> evaluated(Pass pass, Expression loss) {
        Optional<Losses.Loss> found = losses.add(pass, loss);
        found.ifPresent(one -> {
            for (int i = 0; i < pass.outputs().size(); i++) {
                pass.emission().output(network.outputs().get(i).name(), Role.DATA, pass.outputs().get(i));
            }
            pass.emission().output("loss", Role.DATA, one.value());
        });
        return found.map(Losses.Loss::targets);
    }

    /// The mean of the loss over the batch plus penalties, and the new states.
    private Optional<Body> trained(Pass pass, Expression loss, List<Port> targets, Freezing freezing) {
        Optional<Losses.Loss> found = losses.add(pass, loss);
        if (found.isEmpty() || !found.get().targets().equals(targets)) {
            return Optional.empty();
        }
        Span span = loss.span();
        Variable mean = Metrics.mean(pass.emission(), found.get().value(), span);
        for (Variable penalty : penalties(pass, freezing)) {
            mean = pass.emission().emit(span, new Add(), mean, penalty);
        }
        pass.emission().output("loss", Role.RESULT, mean);
        pass.keeper().outputStates(pass.emission());
        return Optional.of(pass.emission().build());
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

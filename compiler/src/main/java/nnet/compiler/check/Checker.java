package nnet.compiler.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import nnet.compiler.check.Evaluator.Purpose;
import nnet.compiler.check.NetworkCheck.Pass;
import nnet.compiler.model.Length;
import nnet.compiler.model.Model;
import nnet.compiler.model.Recipe;
import nnet.compiler.parse.Parsed;
import nnet.compiler.parse.Parser;
import nnet.compiler.source.Source;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration;
import nnet.compiler.syntax.Declaration.Name;
import nnet.compiler.syntax.Declaration.Network;
import nnet.compiler.syntax.Declaration.Train;
import nnet.compiler.syntax.Expression;
import nnet.compiler.syntax.SourceFile;
import nnet.compiler.tensor.Graph.Role;

/// From syntax to model. Appears: types, shapes, parameters with paths, one body for each program. Disappears: names, calls, everything that is known now.
public final class Checker {

    private final Sources sources;
    private final Report report;
    private final Session session;
    private final FileScope main;
    private final List<Integer> form;

    /// @param form the sizes to take for the lengths that are known only at run time; empty: their bounds
    /// @param hear gets every problem that is reported, as data
    private Checker(Sources sources, Map<String, String> overrides, List<Integer> form, Consumer<Problem> hear) {
        this.sources = sources;
        this.form = List.copyOf(form);
        Set<Source> provided = new HashSet<>();
        sources.stdlib().forEach(file -> provided.add(file.source()));
        sources.imports().stream().filter(file -> file.packageName().orElse("").startsWith("nnet."))
                .forEach(file -> provided.add(file.source()));
        report = new Report(provided, hear);
        main = new Scopes(report).of(sources);
        session = new Session(report, main, expressions(overrides));
    }

    /// Checks a network of `sources.main()`. `overrides` replace constants and settings of the recipe by name; their values are expressions as text.
    public static Checked check(Sources sources, Map<String, String> overrides) {
        return check(sources, overrides, Checker::unheard);
    }

    static Checked check(Sources sources, Map<String, String> overrides, Consumer<Problem> hear) {
        Checker checker = new Checker(sources, overrides, List.of(), hear);
        Optional<Model> model = checker.guarded();
        if (model.isEmpty() && !checker.report.hasErrors()) {
            throw new IllegalStateException("there is no model of " + sources.main().source().name() + ", and nothing was said about it");
        }
        return model.isEmpty() || checker.report.hasErrors()
                ? new Checked(Optional.empty(), checker.report.diagnostics())
                : new Checked(Optional.of(withShorter(model.get(), sources, overrides)), List.of());
    }

    private static void unheard(Problem problem) {
    }

    /// Adds the forms for shorter sequences. One that cannot be, or has other weights, is left out: longer ones do what it would do.
    private static Model withShorter(Model model, Sources sources, Map<String, String> overrides) {
        return model.withShorter(Length.shorter(model.lengths()).stream()
                .flatMap(sizes -> new Checker(sources, overrides, sizes, Checker::unheard).guarded().stream())
                .filter(model::hasForm).toList());
    }

    /// Evaluation descends as deep as expressions nest; a text nested so deeply that the stack ends is no program of a person.
    private Optional<Model> guarded() {
        try {
            return model();
        } catch (StackOverflowError _) {
            report.add(new LimitProblem.Nesting(sources.main().source().span(0, 0)));
            return Optional.empty();
        }
    }

    private Optional<Model> model() {
        List<Network> networks = all(Network.class);
        List<Train> trains = all(Train.class);
        if (networks.isEmpty()) {
            report.add(new NameProblem.NoNetwork(sources.main().source().span(0, 0)));
            return Optional.empty();
        }
        Map<String, Train> recipes = recipes(trains, networks);
        Optional<Network> chosen = chosen(networks);
        ClassNames.check(report, sources.main());
        chosen.ifPresent(network -> ClassNames.check(report, network.name()));
        return chosen.flatMap(network -> model(network, Optional.ofNullable(recipes.get(network.name().text()))));
    }

    /// Recipes by the names of their networks. A network has one at most, and each recipe is for one of the networks.
    private Map<String, Train> recipes(List<Train> trains, List<Network> networks) {
        Map<String, Train> recipes = new LinkedHashMap<>();
        List<String> known = networks.stream().map(network -> network.name().text()).toList();
        for (Train train : trains) {
            Name name = train.network();
            Train first = recipes.putIfAbsent(name.text(), train);
            if (first != null) {
                report.add(new NameProblem.Twice(name.span(), first.network().span(), "recipe of", name.text()));
            } else if (!known.contains(name.text())) {
                report.add(new NameProblem.OtherNetwork(name.span(), networks.getFirst().name().span(), name.text(), known));
            }
        }
        return recipes;
    }

    /// The network that is meant. Of several, somebody has to say which.
    private Optional<Network> chosen(List<Network> networks) {
        List<String> names = networks.stream().map(network -> network.name().text()).toList();
        if (sources.network().isEmpty() && networks.size() > 1) {
            report.add(new NameProblem.SeveralNetworks(networks.get(1).name().span(), networks.getFirst().name().span(), names));
            return Optional.empty();
        }
        Optional<Network> chosen = networks.stream()
                .filter(network -> network.name().text().equals(sources.network().orElse(names.getFirst())))
                .findFirst();
        if (chosen.isEmpty()) {
            report.add(new NameProblem.Unknown(sources.main().source().span(0, 0), "the file", "network", sources.network().orElseThrow(),
                    names));
        }
        return chosen;
    }

    private Optional<Model> model(Network network, Optional<Train> train) {
        Registry registry = new Registry(session);
        NetworkCheck check = new NetworkCheck(session, network, main, registry, form);
        Optional<Pass> inference = check.run(Purpose.PREDICTION);
        Optional<RecipeCheck> recipeCheck = train.map(block -> new RecipeCheck(session, check, main, block));
        Optional<Recipe> recipe = recipeCheck.flatMap(block -> block.run(registry));
        unusedOverrides();
        if (inference.isEmpty() || report.hasErrors()) {
            return Optional.empty();
        }
        Pass pass = inference.get();
        for (int i = 0; i < pass.outputs().size(); i++) {
            pass.emission().output(check.outputs().get(i).name(), Role.DATA, pass.outputs().get(i));
        }
        Freezing freezing = new Freezing(report, recipeCheck.flatMap(block -> block.settings().find("freeze")), registry);
        return Optional.of(new Model(sources.main().packageName(), network.name().text(), network.doc(), network.span(), check.inputs(),
                check.outputs(),
                freezing.ordered(registry.parameters()), new ArrayList<>(registry.states()), pass.emission().build(), registry.initialize(),
                recipe, check.lengths(), List.of()));
    }

    private <T extends Declaration> List<T> all(Class<T> kind) {
        return sources.main().declarations().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// A replacement that replaces nothing is a mistake in its name.
    private void unusedOverrides() {
        Set<String> known = new HashSet<>(all(Train.class).isEmpty() ? Set.of() : Settings.KNOWN);
        all(Declaration.Constant.class).forEach(constant -> known.add(constant.name().text()));
        session.overridden().forEach((name, value) -> {
            if (!known.contains(name)) {
                report.add(new NameProblem.Unknown(value.span(), "", "constant or setting", name, known));
            }
        });
    }

    /// Each replacement is read as the value of a constant.
    private Map<String, Expression> expressions(Map<String, String> overrides) {
        Map<String, Expression> expressions = new LinkedHashMap<>();
        overrides.forEach((name, value) -> {
            String prefix = "const " + name + " = ";
            Parsed parsed = Parser.parse(new Source("--set " + name, prefix + value));
            SourceFile file = parsed.file();
            if (!parsed.hasErrors() && file.declarations().size() == 1
                    && file.declarations().getFirst() instanceof Declaration.Constant constant) {
                expressions.put(name, constant.value());
            } else {
                Span span = file.source().span(prefix.length(), prefix.length() + value.length());
                String found = value.isBlank() ? "none" : "`" + value + "`";
                report.add(new KindProblem.Expected(span, "the value of `" + name + "`", "an expression", found,
                        "for example: --set epochs=5"));
            }
        });
        return expressions;
    }
}

package nnet.compiler.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nnet.compiler.model.Parameter;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Expression;

/// `freeze = [features.*]`: parameters that stay as they are. A path stands for everything below it.
final class Freezing {

    private final Map<String, Span> frozen = new LinkedHashMap<>();

    Freezing(Report report, Optional<Expression> setting, Registry registry) {
        List<Expression> patterns = setting.map(value -> value instanceof Expression.ListLiteral list ? list.elements() : List.of(value))
                .orElse(List.of());
        for (Expression pattern : patterns) {
            String path = path(pattern);
            if (path.isEmpty()) {
                report.add(new RuleProblem.Range(pattern.span(), "what is frozen", "a path such as features.*", Settings.text(pattern)));
            } else if (registry.parameters().stream().noneMatch(parameter -> covers(path, parameter.path()))) {
                report.add(new NameProblem.Unknown(pattern.span(), "the network", "parameter", Settings.text(pattern), known(registry)));
            } else {
                frozen.put(path, pattern.span());
            }
        }
    }

    /// Every parameter, and every layer with `.*`.
    private static Set<String> known(Registry registry) {
        Set<String> known = new LinkedHashSet<>();
        for (Parameter parameter : registry.parameters()) {
            known.add(parameter.path());
            for (int dot = parameter.path().lastIndexOf('.'); dot > 0; dot = parameter.path().lastIndexOf('.', dot - 1)) {
                known.add(parameter.path().substring(0, dot) + ".*");
            }
        }
        return known;
    }

    private static String path(Expression expression) {
        return switch (expression) {
            case Expression.Reference reference -> reference.name().text();
            case Expression.Member member when member.name().text().equals("*") -> path(member.value());
            case Expression.Member member -> path(member.value()) + "." + member.name().text();
            case Expression.StringLiteral text -> text.value().replaceAll("\\.\\*$", "");
            default -> "";
        };
    }

    private static boolean covers(String path, String parameter) {
        return parameter.equals(path) || parameter.startsWith(path + ".");
    }

    boolean isFrozen(String parameter) {
        return frozen.keySet().stream().anyMatch(path -> covers(path, parameter));
    }

    List<Parameter> trainable(Collection<Parameter> parameters) {
        return parameters.stream().filter(parameter -> !isFrozen(parameter.path())).toList();
    }

    /// In the order of the flat buffer: trainable ones first.
    List<Parameter> ordered(Collection<Parameter> parameters) {
        List<Parameter> ordered = new ArrayList<>(trainable(parameters));
        parameters.stream().filter(parameter -> isFrozen(parameter.path()))
                .map(one -> new Parameter(one.path(), one.doc(), one.type(), false, one.initializer(), one.span())).forEach(ordered::add);
        return ordered;
    }
}

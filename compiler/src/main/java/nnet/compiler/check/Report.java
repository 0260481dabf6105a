package nnet.compiler.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.Diagnostic.Label;
import nnet.compiler.source.Source;
import nnet.compiler.source.Span;

/// Collects problems, each once, and knows the way from the user's line to the place where one arose.
final class Report {

    /// A use of a definition: `Dense` at the user's `Dense(8)`.
    record Frame(String name, Span span) {
    }

    private static final int MOST = 50;

    /// Files that are not the user's own.
    private final Set<Source> provided;
    private final Set<Diagnostic> diagnostics = new LinkedHashSet<>();
    private final Set<Span> places = new LinkedHashSet<>();
    private final Deque<Frame> frames = new ArrayDeque<>();

    private final Consumer<Problem> hear;

    Report(Set<Source> provided, Consumer<Problem> hear) {
        this.provided = new HashSet<>(provided);
        this.hear = hear;
    }

    /// A text that the compiler wrote itself: what happens in it happens at the user's line.
    void written(Source text) {
        provided.add(text);
    }

    /// Adds a problem; the result lets an evaluation go on without saying more about the same mistake.
    Datum.Unknown add(Problem problem) {
        Diagnostic traced = problem instanceof LimitProblem.Recursion ? problem.diagnostic() : traced(problem.diagnostic());
        // One mistake at one place is said once, though prediction and training both meet it, and though a loop meets it often.
        boolean isNew = places.add(traced.labels().isEmpty() ? Span.NONE : traced.labels().getFirst().span());
        if (isNew && diagnostics.size() < MOST) {
            diagnostics.add(traced);
            hear.accept(problem);
        }
        return new Datum.Unknown();
    }

    void enter(String name, Span span) {
        frames.push(new Frame(name, span));
    }

    void leave() {
        frames.pop();
    }

    boolean hasErrors() {
        return !diagnostics.isEmpty();
    }

    List<Diagnostic> diagnostics() {
        return List.copyOf(diagnostics);
    }

    /// The user's line that an expression of the library works for; the expression itself where it is the user's own.
    Span userPlace(Span span) {
        return provided.contains(span.source()) ? userFrame().map(Frame::span).orElse(span) : span;
    }

    /// The use of whatever is in use most often at once: what recurs where recursion has no end.
    Optional<Frame> mostRepeated() {
        Map<String, Long> counts = frames.stream().collect(Collectors.groupingBy(Frame::name, LinkedHashMap::new, Collectors.counting()));
        long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
        return frames.stream().filter(frame -> counts.get(frame.name()) == most).findFirst();
    }

    private Optional<Frame> userFrame() {
        return frames.stream().filter(frame -> !provided.contains(frame.span().source()) && !frame.span().equals(Span.NONE)).findFirst();
    }

    /// A problem inside the library is shown at the user's line; the library's line becomes a second label.
    private Diagnostic traced(Diagnostic said) {
        if (said.labels().isEmpty()) {
            return said;
        }
        Label first = said.labels().getFirst();
        boolean inLibrary = provided.contains(first.span().source());
        Optional<Frame> user = inLibrary ? userFrame() : userFrame().filter(frame -> !contains(frame.span(), first.span()));
        if (user.isEmpty()) {
            return said;
        }
        Label use = new Label(user.get().span(), (inLibrary ? "inside this use of `" : "in this use of `") + user.get().name() + "`");
        List<Label> labels = new ArrayList<>(said.labels());
        labels.add(inLibrary ? 0 : labels.size(), use);
        return new Diagnostic(said.severity(), said.title(), labels, said.hints());
    }

    private static boolean contains(Span outer, Span inner) {
        return outer.source().equals(inner.source()) && outer.start() <= inner.start() && inner.end() <= outer.end();
    }
}

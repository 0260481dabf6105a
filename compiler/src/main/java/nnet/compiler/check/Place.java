package nnet.compiler.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration.Name;

/// A place in the tree of layers while it is being filled: gives names to what is put there.
///
/// A name comes from a label or a `let`, or is the layer's own name with its position among its kind (`dense1`), so that edits elsewhere leave it alone.
final class Place {

    private final String path;
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Span> used = new HashMap<>();
    private final List<String> parameters = new ArrayList<>();
    private final List<String> states = new ArrayList<>();
    private int randoms;

    Place(String path) {
        this.path = path;
    }

    /// The path of something of that name here.
    String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /// Takes a name that was given, and makes it a path. Where a loop or function comes by the same name again, a number is added; where another name of that
    /// text is there already, the result is empty, and that has been reported.
    Optional<String> take(Name name, Report report) {
        Span first = used.putIfAbsent(name.text(), name.span());
        if (first == null) {
            return Optional.of(path(name.text()));
        }
        if (first.equals(name.span())) {
            return Optional.of(path(numbered(name.text(), 2)));
        }
        report.add(new NameProblem.Twice(name.span(), first, "layer name", name.text()));
        return Optional.empty();
    }

    /// A new path for an instance of a layer without a name: `dense1`, and `res_net50_1` where the layer's own name ends in a number.
    String number(String layer) {
        String name = Names.snake(layer);
        return path(numbered(Character.isDigit(name.charAt(name.length() - 1)) ? name + "_" : name, 1));
    }

    private String numbered(String name, int from) {
        int number = Math.max(from, counts.getOrDefault(name, from));
        while (used.putIfAbsent(name + number, Span.NONE) != null) {
            number++;
        }
        counts.put(name, number + 1);
        return name + number;
    }

    List<String> parameters() {
        return parameters;
    }

    List<String> states() {
        return states;
    }

    /// A number for the next use of random numbers here: a hash of its path, so that it survives edits elsewhere.
    int site() {
        return (path + "#" + randoms++).hashCode() & 0x7fffffff;
    }
}

package nnet.compiler.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.source.Span;

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

    /// Takes a name that was given at that place; where it is taken already, the result is the place of the first.
    Optional<Span> take(String name, Span span) {
        return Optional.ofNullable(used.putIfAbsent(name, span));
    }

    /// A new name for an instance of a layer.
    String number(String layer) {
        String kind = Names.snake(layer);
        String name;
        do {
            name = kind + counts.merge(kind, 1, Integer::sum);
        } while (used.putIfAbsent(name, Span.NONE) != null);
        return name;
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

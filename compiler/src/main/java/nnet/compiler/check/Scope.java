package nnet.compiler.check;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The names of a block and of the blocks around it. What lies outside of all blocks is the file's.
final class Scope {

    private final FileScope file;
    private final Optional<Scope> parent;
    private final Map<String, Datum> names = new LinkedHashMap<>();

    private final Map<String, String> states = new LinkedHashMap<>();
    /// Whether names outside of this block keep their values, whatever happens in it.
    private final boolean isClosed;

    private Scope(FileScope file, Optional<Scope> parent, boolean isClosed) {
        this.file = file;
        this.parent = parent;
        this.isClosed = isClosed;
    }

    static Scope of(FileScope file) {
        return new Scope(file, Optional.empty(), true);
    }

    Scope inner() {
        return new Scope(file, Optional.of(this), false);
    }

    /// A block that may change nothing outside: the step of a scan.
    Scope closed() {
        return new Scope(file, Optional.of(this), true);
    }

    FileScope file() {
        return file;
    }

    void define(String name, Datum datum) {
        names.put(name, datum);
    }

    boolean definesItself(String name) {
        return names.containsKey(name);
    }

    Optional<Datum> find(String name) {
        Datum own = names.get(name);
        return own != null ? Optional.of(own) : parent.flatMap(scope -> scope.find(name));
    }

    /// Gives a name of this or an enclosing block a new value; false where there is no such name, or it may not be changed from here.
    boolean assign(String name, Datum datum) {
        if (names.containsKey(name)) {
            names.put(name, datum);
            return true;
        }
        return !isClosed && parent.isPresent() && parent.get().assign(name, datum);
    }

    /// Remembers that a name of this block is a state with that path.
    void defineState(String name, String path) {
        states.put(name, path);
    }

    /// The path of a state of this or an enclosing block.
    Optional<String> findState(String name) {
        if (states.containsKey(name)) {
            return Optional.of(states.get(name));
        }
        return names.containsKey(name) ? Optional.empty() : parent.flatMap(scope -> scope.findState(name));
    }

    /// All names that can be seen, for messages.
    Collection<String> known() {
        Set<String> all = new LinkedHashSet<>(names.keySet());
        parent.ifPresentOrElse(scope -> all.addAll(scope.known()), () -> all.addAll(file.known()));
        return all;
    }
}

package nnet.compiler.emit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import nnet.compiler.model.JavaWords;

/// Gives out Java identifiers, each only once.
final class Names {

    private final Set<String> taken = new HashSet<>(JavaWords.ALL);
    /// The next number to try for a wish that has been fulfilled before.
    private final Map<String, Integer> numbers = new HashMap<>();

    /// For the components of a record, which may not be called like methods that every object has.
    static Names ofComponents() {
        Names names = new Names();
        names.taken.addAll(Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait"));
        return names;
    }

    /// The wish itself, made an identifier, or with a number where it is taken already.
    String unique(String wish) {
        String identifier = identifier(wish);
        String name = identifier;
        while (!taken.add(name)) {
            name = identifier + "_" + numbers.merge(identifier, 2, (last, _) -> last + 1);
        }
        return name;
    }

    private static String identifier(String wish) {
        StringBuilder identifier = new StringBuilder();
        for (int i = 0; i < wish.length(); i++) {
            char c = wish.charAt(i);
            identifier.append(Character.isJavaIdentifierPart(c) && c != '$' ? c : '_');
        }
        if (identifier.isEmpty() || !Character.isJavaIdentifierStart(identifier.charAt(0))) {
            identifier.insert(0, '_');
        }
        return identifier.toString();
    }
}

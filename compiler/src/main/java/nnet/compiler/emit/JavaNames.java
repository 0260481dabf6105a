package nnet.compiler.emit;

import java.util.Locale;

/// Names of the language in Java's style.
final class JavaNames {

    private JavaNames() {
    }

    /// `sepal_length` becomes `sepalLength`.
    static String camelCase(String name) {
        StringBuilder camel = new StringBuilder();
        boolean upper = false;
        for (char c : name.toCharArray()) {
            if (c == '_') {
                upper = !camel.isEmpty();
            } else {
                camel.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return camel.toString();
    }

    /// `never_married` and `neverMarried` become `NEVER_MARRIED`.
    static String constant(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }
}

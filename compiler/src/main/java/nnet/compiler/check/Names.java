package nnet.compiler.check;

import java.util.Locale;

/// Names of layers in paths.
final class Names {

    private Names() {
    }

    /// `LayerNorm` is `layer_norm`.
    static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}

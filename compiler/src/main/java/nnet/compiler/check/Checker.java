package nnet.compiler.check;

import java.util.Map;

/// From syntax to model.
public final class Checker {

    private Checker() {
    }

    /// Checks the network of `sources.main()`. `overrides` replace constants and settings of the recipe by name; their values are expressions as text.
    public static Checked check(Sources sources, Map<String, String> overrides) {
        throw new UnsupportedOperationException("check");
    }
}

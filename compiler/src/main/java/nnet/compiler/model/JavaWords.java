package nnet.compiler.model;

import java.util.Set;

/// The words of Java that can be no names: not of the classes and packages that networks become, and not of what is in them.
public final class JavaWords {

    public static final Set<String> ALL = Set.of("abstract", "assert", "boolean", "break", "byte", "case", "catch", "char", "class",
            "const",
            "continue", "default", "do", "double", "else", "enum", "extends", "final", "finally", "float", "for", "goto", "if",
            "implements",
            "import", "instanceof", "int", "interface", "long", "native", "new", "package", "private", "protected", "public", "return",
            "short",
            "static", "strictfp", "super", "switch", "synchronized", "this", "throw", "throws", "transient", "try", "void", "volatile",
            "while",
            "true", "false", "null", "_");

    private JavaWords() {
    }
}

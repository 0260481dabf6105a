package nnet.compiler.model;

import java.util.Optional;
import nnet.compiler.source.Span;
import nnet.compiler.type.TensorType;

/// What a layer learns (`trainable`), is given (frozen), or keeps (a state): its path, type, and the initialiser as a person would write it.
public record Parameter(String path, Optional<String> doc, TensorType type, boolean trainable, String initializer, Span span) {
}

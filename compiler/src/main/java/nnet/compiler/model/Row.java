package nnet.compiler.model;

import java.util.List;
import java.util.Optional;
import nnet.compiler.source.Span;

/// A row of named, typed values. A port of this meaning is `f32[fields]` of raw values: a category is its number, a truth value 0 or 1, a missing value NaN.
public record Row(String name, Optional<String> doc, List<Field> fields, Span span) implements Meaning {

    public Row {
        fields = List.copyOf(fields);
    }

    public record Field(String name, Optional<String> doc, Kind kind, Optional<Missing> missing, Span span) {
    }

    public sealed interface Kind {
    }

    public enum NumberType {
        REAL, INT, BOOL
    }

    /// How a number is shifted and scaled by what the training rows say.
    public enum Scaling {
        NONE, STANDARDIZED, MIN_MAX
    }

    /// @param log whether sign(x) log(1 + |x|) takes the place of x, before any scaling
    public record Number(NumberType type, boolean log, Scaling scaling) implements Kind {
    }

    /// @param embedded columns of the learned table that holds a row for each category; 0 where it is a one and zeros
    public record Category(int size, Optional<Enumeration> names, int embedded) implements Kind {
    }

    /// What is done where a value is not known: a number becomes the mean of the known ones or 0, a category becomes one of its own, or none at all (zero).
    public enum Policy {
        MEAN, ZERO, CATEGORY
    }

    /// @param texts what stands for a missing value in data
    public record Missing(List<String> texts, Policy policy) {
        public Missing {
            texts = List.copyOf(texts);
        }
    }
}

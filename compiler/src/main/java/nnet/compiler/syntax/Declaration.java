package nnet.compiler.syntax;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nnet.compiler.source.Span;

/// A top-level declaration of a `.nnet` file. `doc` is the text of the `///` comment above it, without the slashes.
public sealed interface Declaration {

    Span span();

    /// `network Xor(bits: [2]) -> [1] { ... }`; the outputs may be named: `-> digit: category(10)`.
    record Network(Span span, Optional<String> doc, Name name, List<Parameter> inputs, List<Parameter> outputs, Block body)
            implements
                Declaration {
    }

    /// Everything that is called: `layer`, `fn`, `loss`, `metric`, `schedule`, `initializer`, `optimizer`, `penalty`, `clip`.
    ///
    /// `parameters` are compile-time: the first of two pairs of parentheses; one pair holds inputs. `inputs` are tensors. A bare `= expression` body is a
    /// block of that expression.
    record Definition(Span span, Optional<String> doc, Kind kind, Name name, List<Parameter> parameters, List<Parameter> inputs,
            List<Parameter> outputs, Block body) implements Declaration {
    }

    /// `train Xor { data = csv("xor.csv") ... }`.
    record Train(Span span, Optional<String> doc, Name network, List<Setting> settings) implements Declaration {
    }

    /// `const width = 128`: a compile-time constant of the file, which `--set` may replace.
    record Constant(Span span, Optional<String> doc, Name name, Expression value) implements Declaration {
    }

    /// `enum Species { setosa = "Iris-setosa", virginica }`; a member may have several texts: `high = ">50K" or ">50K."`.
    record Enumeration(Span span, Optional<String> doc, Name name, List<Member> members) implements Declaration {
        public record Member(Span span, Optional<String> doc, Name name, List<String> texts) {
        }
    }

    /// `record Flower { sepal_length, sepal_width: real standardized }`.
    record Row(Span span, Optional<String> doc, Name name, List<Field> fields) implements Declaration {
        public record Field(Span span, Optional<String> doc, List<Name> names, TypeExpression type, List<Expression> encodings) {
        }
    }

    enum Kind {
        LAYER, FN, LOSS, METRIC, SCHEDULE, INITIALIZER, OPTIMIZER, PENALTY, CLIP;

        public String keyword() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Name(Span span, String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /// `units: int`, `activation: fn = identity`, `x: [..., n]`, or only a name (a tensor of any shape) or only a type (an unnamed output).
    record Parameter(Span span, Optional<Name> name, Optional<TypeExpression> type, Optional<Expression> standard) {
    }

    /// `epochs = 400`.
    record Setting(Span span, Name name, Expression value) {
    }
}

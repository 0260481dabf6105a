package nnet.compiler.check;

import java.util.List;
import java.util.Optional;
import nnet.compiler.syntax.Declaration.Kind;
import nnet.compiler.syntax.TypeExpression;

/// Which kinds of definition a place prefers, for names that stand for several.
record Want(List<Kind> kinds) {

    static final Want ANY = new Want(List.of(Kind.FN, Kind.LAYER));

    static Want of(Kind... kinds) {
        return new Want(List.of(kinds));
    }

    /// What a parameter of that declared type prefers.
    static Want of(Optional<TypeExpression> type) {
        return switch (type.map(Types::keyword).orElse("")) {
            case "initializer" -> of(Kind.INITIALIZER);
            case "schedule" -> of(Kind.SCHEDULE);
            default -> ANY;
        };
    }
}

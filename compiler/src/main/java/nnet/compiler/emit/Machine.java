package nnet.compiler.emit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nnet.compiler.code.Expression;
import nnet.compiler.code.FieldCode;
import nnet.compiler.code.Modifier;
import nnet.compiler.code.Type;
import nnet.compiler.schedule.Target;

/// The machine that a kernel class is for: how long its vectors are, and where the class keeps their species.
///
/// @param shuffles those that methods have asked for
record Machine(Type owner, Target target, Set<Shuffle> shuffles) {

    Machine(Type owner, Target target) {
        this(owner, target, new LinkedHashSet<>());
    }

    boolean isScalar() {
        return target.lanes() == 1;
    }

    /// Lanes of a vector of such elements.
    int lanes(VectorKind kind) {
        return kind == VectorKind.F64 ? target.lanes() / 2 : target.lanes();
    }

    Expression species(VectorKind kind) {
        return Expression.get(owner, kind.speciesField, VectorKind.SPECIES);
    }

    Expression shuffle(VectorKind kind, Spacing spacing) {
        Shuffle shuffle = new Shuffle(kind, spacing);
        shuffles.add(shuffle);
        return Expression.get(owner, shuffle.field(), Shuffle.TYPE);
    }

    /// Constants of the class, when all its methods are written: HotSpot must know the species when it compiles.
    List<FieldCode> fields() {
        List<FieldCode> fields = new ArrayList<>();
        if (!isScalar()) {
            for (VectorKind kind : EnumSet.allOf(VectorKind.class)) {
                Expression species = Expression.get(kind.type, "SPECIES_" + 32 * target.lanes(), VectorKind.SPECIES);
                fields.add(field(kind.speciesField, VectorKind.SPECIES, species));
            }
            shuffles.forEach(shuffle -> fields.add(field(shuffle.field(), Shuffle.TYPE, shuffle.initial(species(shuffle.kind())))));
        }
        return fields;
    }

    private static FieldCode field(String name, Type type, Expression value) {
        return new FieldCode(Set.of(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL), name, type, Optional.of(value));
    }
}

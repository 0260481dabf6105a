package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;

/// An integer in normal form: a sum of terms, each a number times symbolic dimensions times at most one variable (`64*batch*i3 + j4 + 2`).
/// Equal indices are equal records, and the coefficient of a variable can be read off: so strides are found and axes merged.
record Index(List<Term> terms) {

    record Term(int factor, List<String> symbols, Optional<Variable> variable) {
    }

    private record Key(List<String> symbols, Optional<Variable> variable) {
    }

    static final Index ZERO = new Index(List.of());

    static Index of(int number) {
        return of(new Term(number, List.of(), Optional.empty()));
    }

    static Index of(Dim dim) {
        return of(new Term(dim.factor(), dim.symbols(), Optional.empty()));
    }

    static Index of(Variable variable) {
        return of(new Term(1, List.of(), Optional.of(variable)));
    }

    private static Index of(Term... terms) {
        return normal(List.of(terms));
    }

    private static Index normal(List<Term> terms) {
        if (terms.size() < 2) {
            return terms.isEmpty() || terms.getFirst().factor == 0 ? new Index(List.of()) : new Index(List.copyOf(terms));
        }
        Map<Key, Integer> sums = new LinkedHashMap<>();
        for (Term term : terms) {
            sums.merge(new Key(term.symbols, term.variable), term.factor, Math::addExact);
        }
        List<Term> result = new ArrayList<>();
        sums.forEach((key, factor) -> {
            if (factor != 0) {
                result.add(new Term(factor, key.symbols, key.variable));
            }
        });
        result.sort(Comparator.<Term, Integer>comparing(term -> term.variable.map(Variable::id).orElse(-1))
                .thenComparing(term -> term.symbols.toString()));
        return new Index(List.copyOf(result));
    }

    Index plus(Index other) {
        List<Term> all = new ArrayList<>(terms);
        all.addAll(other.terms);
        return normal(all);
    }

    Index plus(int number) {
        return plus(of(number));
    }

    Index minus(Index other) {
        return plus(other.times(-1));
    }

    Index times(int number) {
        return normal(terms.stream().map(term -> new Term(Math.multiplyExact(term.factor, number), term.symbols, term.variable)).toList());
    }

    Index times(Dim dim) {
        return normal(terms.stream().map(term -> {
            Dim symbols = new Dim(1, term.symbols).times(new Dim(1, dim.symbols()));
            return new Term(Math.multiplyExact(term.factor, dim.factor()), symbols.symbols(), term.variable);
        }).toList());
    }

    /// What the variable is multiplied with: a sum of terms without variables.
    Index coefficient(Variable variable) {
        return normal(terms.stream().filter(term -> term.variable.equals(Optional.of(variable)))
                .map(term -> new Term(term.factor, term.symbols, Optional.empty())).toList());
    }

    Index without(Variable variable) {
        return normal(terms.stream().filter(term -> !term.variable.equals(Optional.of(variable))).toList());
    }

    /// The dimension that this index equals, if it is one.
    Optional<Dim> asDim() {
        if (terms.isEmpty()) {
            return Optional.of(Dim.of(0));
        }
        Term only = terms.getFirst();
        return terms.size() == 1 && only.variable.isEmpty() && only.factor >= 0
                ? Optional.of(new Dim(only.factor, only.symbols))
                : Optional.empty();
    }

    /// The row-major position of an element in a tensor of the given shape.
    static Index linear(List<Index> indices, Shape shape) {
        Index result = ZERO;
        for (int axis = 0; axis < shape.rank(); axis++) {
            result = result.times(shape.dim(axis)).plus(indices.get(axis));
        }
        return result;
    }
}

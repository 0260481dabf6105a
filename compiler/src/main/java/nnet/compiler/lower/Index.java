package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;

/// An integer in normal form: a sum of terms, each a number times symbolic dimensions times at most one variable (`64*batch*i3 + j4 + 2`).
/// Equal indices are equal records, and the coefficient of a variable can be read off: so strides are found and axes merged.
record Index(List<Term> terms) {

    record Term(int factor, List<String> symbols, Optional<Variable> variable) {

        /// By variable, then by symbols; 0 if the two are multiples of the same.
        private int order(Term other) {
            int variables = Integer.compare(id(), other.id());
            return variables != 0 || symbols.equals(other.symbols) ? variables : symbols.toString().compareTo(other.symbols.toString());
        }

        private int id() {
            return variable.isPresent() ? variable.get().id() : -1;
        }

        /// Kept short: elements are looked up by their indices.
        @Override
        public int hashCode() {
            return 31 * factor + id();
        }
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

    /// There are few terms: each is put in its place, or added to its like.
    private static Index normal(List<Term> terms) {
        List<Term> result = new ArrayList<>(terms.size());
        for (Term term : terms) {
            int at = 0;
            while (at < result.size() && result.get(at).order(term) < 0) {
                at++;
            }
            boolean isKnown = at < result.size() && result.get(at).order(term) == 0;
            int factor = isKnown ? Math.addExact(result.remove(at).factor, term.factor) : term.factor;
            if (factor != 0) {
                result.add(at, new Term(factor, term.symbols, term.variable));
            }
        }
        return new Index(List.copyOf(result));
    }

    Index plus(Index other) {
        if (terms.isEmpty() || other.terms.isEmpty()) {
            return terms.isEmpty() ? other : this;
        }
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

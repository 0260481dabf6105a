package nnet.compiler.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nnet.compiler.type.Dim;

/// Where an argument begins in its storage: a sum of terms. Inside of loops a term may be a multiple of the number of a step (`32*batch*step.0`).
public record Offset(List<Dim> terms) {

    public static final Offset ZERO = new Offset(List.of());

    public Offset {
        terms = terms.stream().filter(term -> term.factor() != 0).toList();
    }

    public static Offset of(int elements) {
        return new Offset(List.of(Dim.of(elements)));
    }

    public Offset plus(Dim term) {
        List<Dim> all = new ArrayList<>(terms);
        all.add(term);
        return new Offset(all);
    }

    public Offset plus(Offset other) {
        List<Dim> all = new ArrayList<>(terms);
        all.addAll(other.terms);
        return new Offset(all);
    }

    /// The number of elements, given the numbers of the symbols.
    public int size(Map<String, Integer> values) {
        return terms.stream().mapToInt(term -> term.size(values)).reduce(0, Math::addExact);
    }

    @Override
    public String toString() {
        return terms.stream().map(Dim::toString).collect(Collectors.joining(" + "));
    }
}

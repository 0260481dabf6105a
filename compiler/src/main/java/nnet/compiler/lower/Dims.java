package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;

/// Division of monomials.
final class Dims {

    private Dims() {}

    /// `dividend / divisor` where it is a dimension again.
    static Optional<Dim> divide(Dim dividend, Dim divisor) {
        List<String> symbols = new ArrayList<>(dividend.symbols());
        if (divisor.factor() == 0 || dividend.factor() % divisor.factor() != 0 || !divisor.symbols().stream().allMatch(symbols::remove)) {
            return Optional.empty();
        }
        return Optional.of(new Dim(dividend.factor() / divisor.factor(), symbols));
    }

    static Optional<Index> divide(Index index, Dim divisor) {
        List<Index.Term> terms = new ArrayList<>();
        for (Index.Term term : index.terms()) {
            List<String> symbols = new ArrayList<>(term.symbols());
            if (divisor.factor() == 0 || term.factor() % divisor.factor() != 0 || !divisor.symbols().stream().allMatch(symbols::remove)) {
                return Optional.empty();
            }
            terms.add(new Index.Term(term.factor() / divisor.factor(), symbols, term.variable()));
        }
        return Optional.of(new Index(terms));
    }
}

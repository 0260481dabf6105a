package nnet.compiler.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One dimension: a number times symbols bound at run time (`64`, `batch`, `4*time`). Symbols are sorted, so equal dimensions are equal records.
public record Dim(int factor, List<String> symbols) {

    public Dim {
        if (factor < 0) {
            throw new IllegalArgumentException("negative dimension " + factor);
        }
        symbols = factor == 0 ? List.of() : symbols.size() < 2 ? List.copyOf(symbols) : symbols.stream().sorted().toList();
    }

    public static final Dim ONE = of(1);

    public static Dim of(int size) {
        return new Dim(size, List.of());
    }

    public static Dim symbol(String name) {
        return new Dim(1, List.of(name));
    }

    public boolean isFixed() {
        return symbols.isEmpty();
    }

    /// The number, where no symbol is involved.
    public int size() {
        if (!isFixed()) {
            throw new IllegalStateException("the dimension " + this + " is known only at run time");
        }
        return factor;
    }

    /// The number, given those of the symbols.
    public int size(Map<String, Integer> values) {
        int size = factor;
        for (String symbol : symbols) {
            size = Math.multiplyExact(size, values.get(symbol));
        }
        return size;
    }

    public Dim times(Dim other) {
        if (isFixed() || other.isFixed()) {
            return new Dim(Math.multiplyExact(factor, other.factor), isFixed() ? other.symbols : symbols);
        }
        List<String> all = new ArrayList<>(symbols);
        all.addAll(other.symbols);
        return new Dim(Math.multiplyExact(factor, other.factor), all);
    }

    @Override
    public String toString() {
        if (isFixed()) {
            return Integer.toString(factor);
        }
        String names = String.join("*", symbols);
        return factor == 1 ? names : factor + "*" + names;
    }
}

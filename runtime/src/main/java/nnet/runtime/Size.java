package nnet.runtime;

import java.util.List;

/// A number times dimensions known only at run time: `64`, `batch`, `4*time`.
public record Size(int factor, List<String> symbols) {

    public Size {
        symbols = List.copyOf(symbols);
        if (factor < 0) {
            throw new IllegalArgumentException("negative size " + factor);
        }
    }

    /// Reads `4*time`.
    ///
    /// @throws IllegalArgumentException if the text is not a size
    public static Size parse(String text) {
        String[] factors = text.split("\\*", -1);
        boolean numbered = !factors[0].isEmpty() && Character.isDigit(factors[0].charAt(0));
        List<String> symbols = List.of(factors).subList(numbered ? 1 : 0, factors.length);
        if (symbols.contains("")) {
            throw new IllegalArgumentException("'" + text + "' is no size");
        }
        return new Size(numbered ? Integer.parseInt(factors[0]) : 1, symbols);
    }

    /// The number of elements.
    ///
    /// @param names  names of the symbols
    /// @param values their values, in the same order
    /// @throws ArithmeticException if it does not fit an `int`
    public int at(List<String> names, int[] values) {
        int size = factor;
        for (String symbol : symbols) {
            int index = names.indexOf(symbol);
            if (index < 0) {
                throw new IllegalArgumentException("the size " + this + " has no value: no dimension is called '" + symbol + "'");
            }
            size = Math.multiplyExact(size, values[index]);
        }
        return size;
    }

    public boolean isFixed() {
        return symbols.isEmpty();
    }

    @Override
    public String toString() {
        if (symbols.isEmpty()) {
            return Integer.toString(factor);
        }
        String names = String.join("*", symbols);
        return factor == 1 ? names : factor + "*" + names;
    }
}

package nnet.compiler.type;

import java.util.Locale;

/// What a tensor holds. Categories and enums are `I32` here; `BOOL` is stored as 0 or 1 in an `int`.
public enum ElementType {
    F32, F64, I32, BOOL;

    public boolean isFloating() {
        return this == F32 || this == F64;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

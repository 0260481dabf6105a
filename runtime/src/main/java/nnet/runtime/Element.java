package nnet.runtime;

import java.util.Locale;

/// What a tensor holds. Categories are `I32`; `BOOL` is stored as 0 or 1 in an `int`.
public enum Element {
    F32, F64, I32, BOOL;

    /// The name in text: `f32`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Element parse(String text) {
        for (Element element : values()) {
            if (element.text().equals(text)) {
                return element;
            }
        }
        throw new IllegalArgumentException("no element type is called '" + text + "'");
    }
}

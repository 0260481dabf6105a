package nnet.compiler.code;

import org.objectweb.asm.Opcodes;

/// A number, truth value, text or `null`.
///
/// @param value an `Integer`, `Long`, `Float`, `Double`, `Boolean` or `String`, as the type says
record Constant(Type type, Object value) implements Expression {

    @Override
    public void emit(Frame frame) {
        switch (value) {
            case Boolean truth -> frame.constant(truth ? 1 : 0);
            case Integer number -> frame.constant(number);
            case Float number when Float.floatToRawIntBits(number) == 0 -> frame.out.visitInsn(Opcodes.FCONST_0);
            case Double number when Double.doubleToRawLongBits(number) == 0 -> frame.out.visitInsn(Opcodes.DCONST_0);
            default -> frame.out.visitLdcInsn(value);
        }
    }

    @Override
    public String toString() {
        return switch (value) {
            case Long number -> number + "L";
            case Float number -> decimal(number, "f", "Float");
            case Double number -> decimal(number, "", "Double");
            case String text -> quoted(text);
            default -> value.toString();
        };
    }

    private static String decimal(Number number, String suffix, String holder) {
        double value = number.doubleValue();
        if (Double.isNaN(value)) {
            return holder + ".NaN";
        }
        if (Double.isInfinite(value)) {
            return holder + (value > 0 ? ".POSITIVE_INFINITY" : ".NEGATIVE_INFINITY");
        }
        return number + suffix;
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> quoted.append(switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            default -> String.valueOf((char) c);
        }));
        return quoted.append('"').toString();
    }
}

package nnet.compiler.tensor;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nnet.compiler.source.Span;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Reads what `Printer` writes; spans are lost. Text that it does not understand is an `IllegalArgumentException` that names the line.
public final class Reader {

    private static final Pattern TOKEN = Pattern.compile("#[^\n]*|%\\d+|-?(\\d|Infinity)[\\w.]*(E-?\\d+)?|[\\w.]+|\\S");

    private final List<String> tokens = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();
    private int at;

    private Reader(String text) {
        Matcher matcher = TOKEN.matcher(text);
        int line = 1;
        for (int last = 0; matcher.find(); last = matcher.start()) {
            line += (int) text.substring(last, matcher.start()).chars().filter(c -> c == '\n').count();
            tokens.add(matcher.group());
            lines.add(line);
        }
        tokens.add("");
        lines.add(line);
    }

    public static Graph read(String text) {
        Reader reader = new Reader(text);
        reader.expect("graph");
        Graph graph = reader.graph();
        reader.expect("");
        return graph;
    }

    private Graph graph() {
        Builder builder = new Builder(next());
        Map<String, Value> values = new HashMap<>();
        expect("{");
        while (!accept("}")) {
            if (accept("input")) {
                String value = next();
                String name = next();
                builder.at(Span.NONE, name);
                expect(":");
                Role role = constant(Role.class);
                values.put(value, builder.input(name, role, type()));
            } else if (accept("output")) {
                String name = next();
                expect(":");
                builder.output(name, constant(Role.class), value(values));
            } else {
                equation(builder, values);
            }
        }
        return builder.build();
    }

    private void equation(Builder builder, Map<String, Value> values) {
        List<String> names = list(this::next, "=");
        Class<? extends Op> kind = Attributes.REGISTRY.get(peek());
        require(kind != null, "an operation");
        next();
        expect("(");
        List<Value> operands = list(() -> value(values), ")");
        List<Object> attributes = new ArrayList<>();
        for (RecordComponent attribute : Attributes.of(kind)) {
            expect(attribute.getName());
            expect("=");
            attributes.add(attribute(attribute.getType()));
        }
        expect(":");
        List<TensorType> types = new ArrayList<>(List.of(type()));
        while (accept(",")) {
            types.add(type());
        }
        builder.at(Span.NONE, peek().startsWith("#") ? next().substring(1).strip() : "");
        List<Value> results = builder.addAll(Attributes.make(kind, attributes), operands);
        require(results.stream().map(Value::type).toList().equals(types), "the types " + results.stream().map(Value::type).toList());
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), results.get(i));
        }
    }

    private Object attribute(Class<?> type) {
        if (type == int.class) {
            return number();
        } else if (type == double.class) {
            return Double.parseDouble(next());
        } else if (type == boolean.class) {
            return Boolean.parseBoolean(next());
        } else if (type == Dim.class) {
            return dim();
        } else if (type == Shape.class) {
            return shape();
        } else if (type == TensorType.class) {
            return type();
        } else if (type == List.class) {
            expect("[");
            return list(this::number, "]");
        } else if (type == Graph.class) {
            return graph();
        }
        return constant(type);
    }

    private TensorType type() {
        return new TensorType(constant(ElementType.class), shape());
    }

    private Shape shape() {
        expect("[");
        return new Shape(list(this::dim, "]"));
    }

    private Dim dim() {
        Dim dim = factor();
        while (accept("*")) {
            dim = dim.times(factor());
        }
        return dim;
    }

    private Dim factor() {
        return Character.isDigit(peek().charAt(0)) ? Dim.of(number()) : Dim.symbol(next());
    }

    private int number() {
        return Integer.parseInt(next());
    }

    private Value value(Map<String, Value> values) {
        require(values.containsKey(peek()), "a value that is defined above");
        return values.get(next());
    }

    private <T> T constant(Class<T> type) {
        for (T constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().toLowerCase(Locale.ROOT).equals(peek())) {
                next();
                return constant;
            }
        }
        throw problem(type.getSimpleName());
    }

    /// Elements between commas up to `end`, which is read too.
    private <T> List<T> list(Supplier<T> element, String end) {
        List<T> elements = new ArrayList<>();
        while (!accept(end)) {
            if (!elements.isEmpty()) {
                expect(",");
            }
            elements.add(element.get());
        }
        return elements;
    }

    private String peek() {
        return tokens.get(at);
    }

    private String next() {
        require(!peek().isEmpty(), "more text");
        return tokens.get(at++);
    }

    private boolean accept(String token) {
        boolean found = peek().equals(token) && at < tokens.size() - 1;
        at += found ? 1 : 0;
        return found;
    }

    private void expect(String token) {
        require(peek().equals(token), token.isEmpty() ? "the end" : token);
        at++;
    }

    private void require(boolean condition, String what) {
        if (!condition) {
            throw problem(what);
        }
    }

    private IllegalArgumentException problem(String expected) {
        return new IllegalArgumentException(
                "line " + lines.get(at) + ": expected " + expected + ", found " + (peek().isEmpty() ? "the end" : peek()));
    }
}

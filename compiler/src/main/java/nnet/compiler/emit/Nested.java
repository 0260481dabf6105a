package nnet.compiler.emit;

import static nnet.compiler.code.Expression.call;
import static nnet.compiler.code.Expression.constant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import nnet.compiler.code.EnumCode;
import nnet.compiler.code.Expression;
import nnet.compiler.code.InnerClass;
import nnet.compiler.code.InnerClass.Kind;
import nnet.compiler.code.Method;
import nnet.compiler.code.RecordCode;
import nnet.compiler.code.RecordCode.Component;
import nnet.compiler.code.Type;
import nnet.compiler.emit.Description.Port;
import nnet.compiler.model.Enumeration;
import nnet.compiler.model.Row;

/// The records and enums of a network as Java records and enums inside its class: `Iris.Flower`, `Iris.Species`.
final class Nested {

    static final Type RECORD = Type.of("java.lang.Record");
    static final Type ENUM = Type.of("java.lang.Enum");
    private static final Type RAW = Type.of("nnet.runtime.Raw");
    private static final Type INTEGER = Type.of("java.lang.Integer");
    private static final Type BOOLEAN = Type.of("java.lang.Boolean");

    private final Type outer;
    private final Map<String, Enumeration> enums = new LinkedHashMap<>();
    private final Map<String, Row> rows = new LinkedHashMap<>();

    Nested(Description network) {
        outer = Type.of(network.name());
        for (Port port : Stream.of(network.inputs(), network.outputs(), network.targets()).flatMap(List::stream).toList()) {
            port.meaning().ifPresent(meaning -> {
                switch (meaning) {
                    case Enumeration enumeration -> enums.put(enumeration.name(), enumeration);
                    case Row row -> add(row);
                }
            });
        }
    }

    private void add(Row row) {
        rows.put(row.name(), row);
        for (Row.Field field : row.fields()) {
            if (field.kind() instanceof Row.Category category) {
                category.names().ifPresent(names -> enums.put(names.name(), names));
            }
        }
    }

    List<Enumeration> enums() {
        return List.copyOf(enums.values());
    }

    List<Row> rows() {
        return List.copyOf(rows.values());
    }

    /// How a port looks to applications, if it is a record or a single value of an enum.
    Optional<Type> typeOf(Port port) {
        return port.meaning().filter(meaning -> meaning instanceof Row || isSingle(port)).map(meaning -> type(meaning.name()));
    }

    private static boolean isSingle(Port port) {
        return port.type().shape().dims().size() == (port.type().element().isFloating() ? 1 : 0);
    }

    private Type type(String name) {
        return Type.of(outer.binaryName() + "$" + name);
    }

    EnumCode code(Enumeration enumeration) {
        Names names = new Names();
        List<EnumCode.Constant> constants = enumeration.members().stream()
                .map(member -> new EnumCode.Constant(names.unique(JavaNames.constant(member.name())), member.doc().orElse(""))).toList();
        return new EnumCode(new InnerClass(outer, type(enumeration.name()), Kind.ENUM), constants);
    }

    RecordCode code(Row row) {
        Names names = Names.ofComponents();
        List<Component> components = row.fields().stream()
                .map(field -> new Component(type(field), names.unique(JavaNames.camelCase(field.name())))).toList();
        return new RecordCode(new InnerClass(outer, type(row.name()), Kind.RECORD), components);
    }

    private Type type(Row.Field field) {
        boolean isOptional = field.missing().isPresent();
        return switch (field.kind()) {
            case Row.Number number -> switch (number.type()) {
                case REAL -> Type.FLOAT;
                case INT -> isOptional ? INTEGER : Type.INT;
                case BOOL -> isOptional ? BOOLEAN : Type.BOOLEAN;
            };
            case Row.Category category ->
                category.names().map(names -> type(names.name())).orElse(isOptional ? INTEGER : Type.INT);
        };
    }

    /// The number that a network takes for each component of a record.
    List<Expression> raw(Row row, Expression value) {
        RecordCode code = code(row);
        List<Expression> numbers = new ArrayList<>();
        for (int i = 0; i < row.fields().size(); i++) {
            numbers.add(raw(row.fields().get(i), value.invoke(code.accessor(code.components().get(i)))));
        }
        return numbers;
    }

    private static Expression raw(Row.Field field, Expression value) {
        boolean isOptional = field.missing().isPresent();
        return switch (field.kind()) {
            case Row.Number number -> switch (number.type()) {
                case REAL -> value;
                case INT -> isOptional ? rawOf(value) : value.cast(Type.FLOAT);
                case BOOL -> rawOf(value);
            };
            case Row.Category category when category.names().isEmpty() -> call(
                    Method.ofClass(RAW, "category", Type.FLOAT, value.type(), Type.INT, Type.STRING), value, constant(category.size()),
                    constant(field.name()));
            case Row.Category _ when isOptional -> call(Method.ofClass(RAW, "of", Type.FLOAT, ENUM), value);
            case Row.Category _ -> value.invoke(Method.ofObject(value.type(), "ordinal", Type.INT)).cast(Type.FLOAT);
        };
    }

    private static Expression rawOf(Expression value) {
        return call(Method.ofClass(RAW, "of", Type.FLOAT, value.type()), value);
    }

    boolean isRecord(Type element) {
        return rows.values().stream().anyMatch(row -> code(row).type().equals(element));
    }

    /// The array by which the runtime knows an array of such elements.
    Type taken(Type element) {
        return (element.isPrimitive() || element.isArray() ? element : isRecord(element) ? RECORD : ENUM).array();
    }

    /// `prediction.input(0, flower)`
    Expression bind(Expression prediction, String port, int index, Expression array) {
        Method method = Method.ofObject(PredictMethods.PREDICTION, port, PredictMethods.PREDICTION, Type.INT,
                taken(array.type().element()));
        return prediction.invoke(method, constant(index), array);
    }

    /// Every record and enum, and one more class, as the file of that class knows them.
    List<InnerClass> placesWith(InnerClass other) {
        return Stream.concat(inners().stream(), Stream.of(other)).toList();
    }

    /// Every class inside the network's own, `Prediction` and `Trainer` aside.
    List<InnerClass> inners() {
        List<InnerClass> inners = new ArrayList<>();
        rows.values().forEach(row -> inners.add(code(row).place()));
        enums.values().forEach(enumeration -> inners.add(code(enumeration).place()));
        inners.sort(Comparator.comparing(inner -> inner.type().binaryName()));
        return inners;
    }

    /// Their class files by binary name.
    Map<String, byte[]> classes() {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        rows.values().forEach(row -> classes.put(code(row).type().binaryName(), code(row).toBytes()));
        enums.values().forEach(enumeration -> classes.put(code(enumeration).type().binaryName(), code(enumeration).toBytes()));
        return classes;
    }
}

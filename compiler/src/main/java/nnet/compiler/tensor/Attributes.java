package nnet.compiler.tensor;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// The attributes of operations, taken from their records: what lets printing, reading and specialising work for every operation, a new one too, without a line
/// about any of them.
public final class Attributes {

    /// Every operation by the name it has in text, found by walking the sealed registry.
    public static final Map<String, Class<? extends Op>> REGISTRY = registry();

    private Attributes() {
    }

    /// The attributes in order.
    public static List<RecordComponent> of(Class<? extends Op> op) {
        return List.of(op.getRecordComponents());
    }

    public static Object value(Op op, RecordComponent attribute) {
        try {
            return attribute.getAccessor().invoke(op);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Op make(Class<? extends Op> op, List<Object> values) {
        try {
            Class<?>[] types = of(op).stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
            return op.getDeclaredConstructor(types).newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The operation with every dimension in its attributes replaced, inside of nested graphs too.
    static Op withDims(Op op, UnaryOperator<Dim> replace) {
        List<RecordComponent> attributes = of(op.getClass());
        return attributes.isEmpty()
                ? op
                : make(op.getClass(), attributes.stream().map(attribute -> withDims(value(op, attribute), replace)).toList());
    }

    private static Object withDims(Object attribute, UnaryOperator<Dim> replace) {
        return switch (attribute) {
            case Dim dim -> replace.apply(dim);
            case Shape shape -> withDims(shape, replace);
            case TensorType type -> type.withShape(withDims(type.shape(), replace));
            case Graph graph -> Specialise.dims(graph, replace);
            default -> attribute;
        };
    }

    static Shape withDims(Shape shape, UnaryOperator<Dim> replace) {
        return new Shape(shape.dims().stream().map(replace).toList());
    }

    private static Map<String, Class<? extends Op>> registry() {
        Map<String, Class<? extends Op>> found = new TreeMap<>();
        collect(Op.class, found);
        return found;
    }

    private static void collect(Class<? extends Op> type, Map<String, Class<? extends Op>> found) {
        if (type.isSealed()) {
            Arrays.stream(type.getPermittedSubclasses()).forEach(each -> collect(each.asSubclass(Op.class), found));
        } else {
            found.put(type.getSimpleName().replaceAll("(?<!^)(?=[A-Z])", "_").toLowerCase(Locale.ROOT), type);
        }
    }
}

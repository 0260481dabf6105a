package nnet.compiler.syntax;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnet.compiler.source.Source;
import nnet.compiler.source.Span;

/// A tree of records as nested lists, without the places: what two readings of one meaning have in common.
public final class WithoutSpans {

    private WithoutSpans() {
    }

    public static Object of(Object value) {
        return switch (value) {
            case Span _,Source _ -> "";
            case Optional<?> optional -> optional.map(WithoutSpans::of);
            case List<?> list -> list.stream().map(WithoutSpans::of).toList();
            case Record tree -> components(tree);
            default -> value;
        };
    }

    private static List<Object> components(Record tree) {
        List<Object> parts = new ArrayList<>(List.of(tree.getClass().getSimpleName()));
        for (RecordComponent component : tree.getClass().getRecordComponents()) {
            try {
                parts.add(of(component.getAccessor().invoke(tree)));
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
        return parts;
    }
}

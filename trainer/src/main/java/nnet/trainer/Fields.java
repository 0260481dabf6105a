package nnet.trainer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import nnet.compiler.model.Enumeration;
import nnet.compiler.model.Row;
import nnet.trainer.data.Field;

/// How the columns of a table are read into the fields of a record.
final class Fields {

    private static final Map<String, Float> TRUTH = Map.ofEntries(Map.entry("0", 0f), Map.entry("1", 1f), Map.entry("false", 0f),
            Map.entry("true", 1f), Map.entry("False", 0f), Map.entry("True", 1f), Map.entry("FALSE", 0f), Map.entry("TRUE", 1f),
            Map.entry("no", 0f), Map.entry("yes", 1f));

    private Fields() {
    }

    /// The fields of a record.
    static List<Field> of(Row row) {
        return row.fields().stream().map(Fields::field).toList();
    }

    /// The one column of an enum.
    ///
    /// @param header what it is called in a header
    static Field of(Enumeration enumeration, String header) {
        return new Field(header, Field.Kind.TEXT, texts(enumeration));
    }

    private static Field field(Row.Field field) {
        Map<String, Float> texts = new LinkedHashMap<>();
        Field.Kind kind = switch (field.kind()) {
            case Row.Number number -> switch (number.type()) {
                case REAL -> Field.Kind.REAL;
                case INT -> Field.Kind.WHOLE;
                case BOOL -> {
                    texts.putAll(TRUTH);
                    yield Field.Kind.TEXT;
                }
            };
            case Row.Category category -> {
                texts.putAll(category.names().map(Fields::texts).orElseGet(() -> numbers(category.size())));
                yield Field.Kind.TEXT;
            }
        };
        field.missing().ifPresent(missing -> missing.texts().forEach(text -> texts.put(text, Float.NaN)));
        return new Field(field.name(), kind, texts);
    }

    private static Map<String, Float> texts(Enumeration enumeration) {
        Map<String, Float> texts = new LinkedHashMap<>();
        List<Enumeration.Member> members = enumeration.members();
        for (int i = 0; i < members.size(); i++) {
            for (String text : members.get(i).texts()) {
                texts.put(text, (float) i);
            }
        }
        return texts;
    }

    private static Map<String, Float> numbers(int size) {
        Map<String, Float> texts = new LinkedHashMap<>();
        IntStream.range(0, size).forEach(i -> texts.put(Integer.toString(i), (float) i));
        return texts;
    }
}

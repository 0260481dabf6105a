import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nnet.runtime.Manifest.Field;
import nnet.runtime.Manifest.Member;
import nnet.runtime.Manifest.Port;

/** Between JSON and the raw values of a network: the network itself says what its fields are, and every value is checked against that. */
final class Rows {

    private final List<Field> fields;
    private final Port output;

    Rows(Port input, Port output) {
        if (input.fields().isEmpty()) {
            throw new IllegalArgumentException("the input '" + input.name() + "' is no record");
        }
        fields = input.fields();
        this.output = output;
    }

    int width() {
        return fields.size();
    }

    /** What can be asked and what is answered. */
    Map<String, Object> description() {
        Map<String, Object> described = new LinkedHashMap<>();
        for (Field field : fields) {
            Object type = field.members().isEmpty() ? words(field) : names(field.members());
            described.put(field.name(), field.isOptional() ? Map.of("optional", type) : type);
        }
        return described;
    }

    private static String words(Field field) {
        return switch (field.type()) {
            case "real" -> "number";
            case "int" -> "whole number";
            case "bool" -> "true or false";
            default -> "whole number from 0 to " + (field.categories() - 1);
        };
    }

    private static List<String> names(List<Member> members) {
        return members.stream().map(Member::name).toList();
    }

    /** The raw values of one row, in the order of the fields; NaN where one is missing. */
    void read(Object json, float[] row, int offset) {
        if (!(json instanceof Map<?, ?> values)) {
            throw new Mistake("a row is an object with the fields " + fields.stream().map(Field::name).collect(Collectors.joining(", ")));
        }
        for (Object name : values.keySet()) {
            if (fields.stream().noneMatch(field -> field.name().equals(name))) {
                throw new Mistake("there is no field '" + name + "'; there are "
                        + fields.stream().map(Field::name).collect(Collectors.joining(", ")));
            }
        }
        for (int i = 0; i < fields.size(); i++) {
            row[offset + i] = raw(fields.get(i), values.get(fields.get(i).name()));
        }
    }

    private static float raw(Field field, Object value) {
        if (value == null) {
            if (field.isOptional()) {
                return Float.NaN;
            }
            throw new Mistake("the field '" + field.name() + "' is missing");
        }
        if (value instanceof Boolean truth && field.type().equals("bool")) {
            return truth ? 1 : 0;
        }
        if (value instanceof Double number && field.members().isEmpty() && isWithin(field, number)) {
            return number.floatValue();
        }
        for (int i = 0; i < field.members().size(); i++) {
            Member member = field.members().get(i);
            if (member.name().equals(value) || member.texts().contains(value)) {
                return i;
            }
        }
        String wanted = field.members().isEmpty() ? words(field) : String.join(", ", names(field.members()));
        throw new Mistake("the field '" + field.name() + "' cannot be " + Json.write(value) + "; it takes: " + wanted);
    }

    private static boolean isWithin(Field field, double number) {
        boolean isWhole = number == Math.rint(number);
        return switch (field.type()) {
            case "real" -> true;
            case "int" -> isWhole;
            case "bool" -> false;
            default -> isWhole && number >= 0 && number < field.categories();
        };
    }

    /** How many numbers a row of output has. */
    int answers() {
        return output.size();
    }

    /** The answer for one row: the most probable category and the probability of each, or the numbers as they are. */
    Map<String, Object> answer(float[] values, int offset) {
        Map<String, Object> answer = new LinkedHashMap<>();
        if (output.categories() == 0) {
            List<Object> numbers = new ArrayList<>();
            for (int i = 0; i < answers(); i++) {
                numbers.add(values[offset + i]);
            }
            answer.put(output.name(), numbers.size() == 1 ? numbers.get(0) : numbers);
            return answer;
        }
        Map<String, Object> probabilities = new LinkedHashMap<>();
        int best = 0;
        for (int i = 0; i < answers(); i++) {
            probabilities.put(category(i), values[offset + i]);
            best = values[offset + i] > values[offset + best] ? i : best;
        }
        answer.put(output.name(), category(best));
        answer.put("probabilities", probabilities);
        return answer;
    }

    private String category(int number) {
        return output.members().isEmpty() ? Integer.toString(number) : output.members().get(number).name();
    }
}

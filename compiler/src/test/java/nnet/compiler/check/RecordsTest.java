package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nnet.compiler.elaborate.Elaborate;
import nnet.compiler.model.Model;
import nnet.compiler.model.Parameter;
import nnet.compiler.model.Row;
import nnet.compiler.tensor.Interpreter;
import nnet.compiler.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a network sees of a record.
class RecordsTest {

    private static final double MISSING = Double.NaN;

    /// The encoded vector of a row of raw values, with some states and parameters.
    private static double[] encoded(String fields, Map<String, Tensor> learned, double... row) {
        Model model = Library.model("enum Mood { good, bad, mixed }\nrecord Person {\n" + fields + "\n}\nnetwork Net(who: Person) { who }");
        Map<String, Tensor> inputs = new HashMap<>(Programs.initial(model, 1));
        inputs.putAll(learned);
        inputs.put("who", Programs.vector(row));
        return Interpreter.run(Elaborate.infer(model), inputs).values().iterator().next().data();
    }

    @Test
    void numbers_without_an_encoding_are_themselves() {
        assertArrayEquals(new double[]{3, 4, 1}, encoded("age: real\nchildren: int\nhappy: bool", Map.of(), 3, 4, 1));
    }

    @Test
    void scaled_numbers_are_shifted_and_scaled_by_states() {
        Map<String, Tensor> learned = Map.of("who.shift", Programs.vector(10, 0, 2), "who.scale", Programs.vector(0.5, 1, 4));
        assertArrayEquals(new double[]{-1, 7, 4}, encoded("age: real standardized\nzip: real\nheight: real min_max", learned, 8, 7, 3));
    }

    @Test
    void logarithms_keep_the_sign_and_come_before_a_scaling() {
        Map<String, Tensor> learned = Map.of("who.shift", Programs.vector(1), "who.scale", Programs.vector(2));
        assertArrayEquals(new double[]{2 * (Math.log(5) - 1)}, encoded("gain: real log standardized", learned, 4), 1e-12);
        assertArrayEquals(new double[]{-Math.log(5)}, encoded("gain: real log", Map.of(), -4), 1e-12);
    }

    @Test
    void categories_are_ones_and_zeros() {
        assertArrayEquals(new double[]{0, 1, 0, 5, 0, 0, 0, 1},
                encoded("mood: Mood\nage: real\nplace: category(4) one_hot", Map.of(), 1, 5, 3));
    }

    @Test
    void an_embedded_category_is_a_row_of_a_learned_table() {
        Map<String, Tensor> learned = Map.of("who.mood.table", Programs.matrix(3, 1, 2, 3, 4, 5, 6));
        assertArrayEquals(new double[]{5, 6}, encoded("mood: Mood embedded(2)", learned, 2));
    }

    @Test
    void a_missing_number_is_the_mean_of_the_known_ones_or_zero() {
        Map<String, Tensor> learned = Map.of("who.missing", Programs.vector(20, 0));
        assertArrayEquals(new double[]{20, 0},
                encoded("age: real missing(\"?\", mean)\ngain: real missing(\"\", \"?\", zero)", learned, MISSING, MISSING));
        assertArrayEquals(new double[]{3, 4}, encoded("age: real missing(\"?\", mean)\ngain: real missing(\"?\", zero)", learned, 3, 4));
    }

    @Test
    void a_missing_category_is_one_of_its_own_or_none() {
        assertArrayEquals(new double[]{0, 0, 0, 1}, encoded("mood: Mood missing(\"?\", category)", Map.of(), MISSING));
        assertArrayEquals(new double[]{0, 0, 0}, encoded("mood: Mood one_hot missing(\"?\", zero)", Map.of(), MISSING));
    }

    /// The value of a body that takes a record apart.
    private static double[] value(String fields, String body, double... row) {
        Model model = Library
                .model("enum Mood { good, bad, mixed }\nrecord Person {\n" + fields + "\n}\nnetwork Net(who: Person) { " + body + " }");
        Map<String, Tensor> inputs = new HashMap<>(Programs.initial(model, 1));
        inputs.put("who", Programs.vector(row));
        return Interpreter.run(Elaborate.infer(model), inputs).values().iterator().next().data();
    }

    @Test
    void a_field_is_used_alone_as_it_is_encoded() {
        String fields = "age: real\nmood: Mood missing(\"?\", category)\nplace: category(2)\nheight: real log";
        assertArrayEquals(new double[]{7}, value(fields, "who.age", 7, 1, 0, 3));
        assertArrayEquals(new double[]{0, 1, 0, 0}, value(fields, "who.mood", 7, 1, 0, 3));
        assertArrayEquals(new double[]{0, 1, 2 * Math.log(4)}, value(fields, "let w = who; concat([w.place, 2 * w.height])", 7, 1, 1, 3),
                1e-12);
    }

    @ParameterizedTest
    @CsvSource({"254, 2000, true", "255, 1, false", "1, 2001, false"})
    void records_and_enums_are_as_large_as_those_of_java(int fields, int members, boolean isFine) {
        String names = IntStream.range(0, fields).mapToObj(i -> "f" + i).collect(Collectors.joining(", "));
        String constants = IntStream.range(0, members).mapToObj(i -> "m" + i).collect(Collectors.joining(", "));
        Checked checked = Library.check("large.nnet", "enum Kind { " + constants + " }\nrecord Large { " + names
                + ": real }\nnetwork Net(row: Large, kind: Kind) { row }", Map.of());
        assertEquals(isFine, checked.diagnostics().isEmpty());
        assertEquals(isFine,
                checked.diagnostics().stream().noneMatch(problem -> problem.title().contains("since Java has no larger ones")));
    }

    @Test
    void the_model_knows_what_ports_mean() {
        Model model = Library.model("""
                enum Mood { good = "+" or "++", bad = "-" }
                record Person { age, height: real log standardized missing("?", mean) }
                network Net(who: Person, before: Mood) -> mood: Mood { who -> Dense(length([Mood.good, Mood.bad]), softmax) }
                train Net { loss = cross_entropy; optimizer = Adam() }
                """);
        Row.Field height = model.inputs().getFirst().row().orElseThrow().fields().get(1);
        assertEquals("height", height.name());
        assertEquals(new Row.Number(Row.NumberType.REAL, true, Row.Scaling.STANDARDIZED), height.kind());
        assertEquals(List.of("?"), height.missing().orElseThrow().texts());
        assertEquals(List.of("+", "++"), model.inputs().get(1).enumeration().orElseThrow().members().getFirst().texts());
        assertEquals(2, model.recipe().orElseThrow().targets().getFirst().enumeration().orElseThrow().members().size());
        assertEquals(List.of("who.shift", "who.scale", "who.missing"), model.states().stream().map(Parameter::path).toList());
    }
}

package nnet.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BindingTest {

    private static final List<Port> INPUTS = List.of(Port.real("x", 2));
    private static final List<Port> TARGETS = List.of(Port.category("kind", 3));

    private static Table table(String header, String... rows) {
        Optional<List<String>> names = header.isEmpty() ? Optional.empty() : Optional.of(List.of(header.split(",")));
        return new Table(Path.of("t.csv"), names, Arrays.stream(rows).map(row -> row.split(",", -1)).toList(),
                LongStream.rangeClosed(2, rows.length + 1L).toArray());
    }

    private static Binding bind(Table table) {
        return Binding.of(table, INPUTS, TARGETS, CsvOptions.STANDARD);
    }

    private static String refusal(Table table) {
        return assertThrows(DataException.class, () -> bind(table).read(table)).getMessage();
    }

    @Test
    void takesInputsFirstAndTargetsLast() {
        Table table = table("", "1,2,0", "3,4,2");
        Dataset data = bind(table).read(table);
        assertArrayEquals(new float[]{1, 2, 3, 4}, data.input(0).reals());
        assertArrayEquals(new int[]{0, 2}, data.target(0).integers());
    }

    @Test
    void numbersTextLabelsInSortedOrder() {
        Table table = table("", "1,2,cat", "3,4,ant", "5,6,bee");
        Binding binding = bind(table);
        assertEquals(List.of("ant", "bee", "cat"), binding.labels().getLast().orElseThrow().texts());
        assertArrayEquals(new int[]{2, 0, 1}, binding.read(table).target(0).integers());
    }

    @Test
    void bindsByHeaderWhenEveryPortHasItsColumn() {
        Table table = table("kind,b,a", "1,20,10");
        Binding binding = Binding.of(table, List.of(Port.real("a", 1), Port.real("b", 1)), TARGETS, CsvOptions.STANDARD);
        Dataset data = binding.read(table);
        assertEquals(10, data.input(0).reals()[0]);
        assertEquals(20, data.input(1).reals()[0]);
        assertEquals(1, data.target(0).integers()[0]);
    }

    @Test
    void aTargetIsCalledLikeItsOutput() {
        Table table = table("kind,b,a", "1,20,10");
        List<Port> targets = List.of(Port.category("target", 3).titled("kind"));
        Binding binding = Binding.of(table, List.of(Port.real("a", 1), Port.real("b", 1)), targets, CsvOptions.STANDARD);
        assertTrue(binding.byName());
        assertArrayEquals(new float[]{10}, binding.read(table).input(0).reals());
        assertArrayEquals(new int[]{1}, binding.read(table).target(0).integers());
    }

    @Test
    void aTargetMayBeCalledTarget() {
        Table table = table("target,a", "1,10");
        Binding binding = Binding.of(table, List.of(Port.real("a", 1)), List.of(Port.category("target", 3).titled("output")),
                CsvOptions.STANDARD);
        assertTrue(binding.byName());
        assertArrayEquals(new int[]{1}, binding.read(table).target(0).integers());
    }

    @Test
    void aHeaderWithSomeOfTheNamesInOtherPlacesIsNoOrder() {
        List<Port> inputs = List.of(Port.real("age"), Port.real("height"));
        List<Port> targets = List.of(Port.real("target").titled("weight"));
        DataException refused = assertThrows(DataException.class,
                () -> Binding.of(table("weight,size,age", "70,180,30"), inputs, targets, CsvOptions.STANDARD));
        assertEquals("t.csv: has the column \"age\", but no column \"height\"; in their order, columns would go elsewhere",
                refused.getMessage());
        assertEquals("call a column \"height\", or choose columns with `inputs:` and `targets:` in csv(...)", refused.hint().orElseThrow());
        assertFalse(Binding.of(table("age,size,weight", "30,180,70"), inputs, targets, CsvOptions.STANDARD).byName());
    }

    @Test
    void inputsAreFoundByNameWhereTheTargetHasNone() {
        Table table = table("height,age,size", "180,30,70");
        List<Port> inputs = List.of(Port.real("age"), Port.real("height"));
        Binding binding = Binding.of(table, inputs, List.of(Port.real("target").titled("output")), CsvOptions.STANDARD);
        assertTrue(binding.byName());
        assertArrayEquals(new float[]{30}, binding.read(table).input(0).reals());
        assertArrayEquals(new float[]{70}, binding.read(table).target(0).reals());
    }

    @Test
    void chosenColumnsGoBeforeNames() {
        Table table = table("kind,other,a", "1,2,3");
        CsvOptions options = new CsvOptions(Optional.empty(), ',', List.of(), List.of("other"));
        Dataset data = Binding.of(table, List.of(Port.real("a")), List.of(Port.category("kind", 3)), options).read(table);
        assertArrayEquals(new int[]{2}, data.target(0).integers());
        assertArrayEquals(new float[]{3}, data.input(0).reals());
    }

    @Test
    void choosesNamedColumns() {
        Table table = table("id,a,kind,b", "7,1,2,3");
        CsvOptions options = new CsvOptions(Optional.empty(), ',', List.of("a", "b"), List.of("kind"));
        Dataset data = Binding.of(table, INPUTS, TARGETS, options).read(table);
        assertArrayEquals(new float[]{1, 3}, data.input(0).reals());
        assertArrayEquals(new int[]{2}, data.target(0).integers());
    }

    @Test
    void chosenColumnsMayFeedARecordWhoseFieldsAreCalledOtherwise() {
        Table table = table("Petals,width in cm,kind", "5,0.5,setosa");
        CsvOptions options = new CsvOptions(Optional.empty(), ',', List.of("width in cm", "Petals"), List.of("kind"));
        assertArrayEquals(new float[]{0.5f, 5}, Binding.of(table, List.of(FLOWER), List.of(SPECIES), options).read(table).input(0).reals());
    }

    @Test
    void refusesANameThatTwoColumnsHave() {
        DataException refused = assertThrows(DataException.class,
                () -> flowers(table("petals,petal_width,petals,species", "1,2,3,setosa")));
        assertEquals("t.csv: has more than one column \"petals\"", refused.getMessage());
    }

    @Test
    void guessesWhatSeparatesTheFieldsOfOneColumn() {
        DataException refusal = assertThrows(DataException.class,
                () -> Binding.of(table("", "1;2;0"), INPUTS, TARGETS, CsvOptions.STANDARD));
        assertEquals("t.csv: has 1 column, but the network needs 3: 2 for input `x`, 1 for output `kind`", refusal.getMessage());
        assertEquals("its fields seem to be separated by something else: csv(..., delimiter: \";\")", refusal.hint().orElse(""));
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        assertEquals("t.csv:3: column 2 holds \"oops\", which is not a number", refusal(table("", "1,2,0", "3,oops,1")));
        assertEquals("t.csv:3: column 2 holds \"-1e39\", which is too large a number", refusal(table("", "1,2,0", "3,-1e39,1")));
        assertEquals("t.csv: has 4 columns, but the network needs 3: 2 for input `x`, 1 for output `kind`", refusal(table("", "1,2,3,0")));
        assertEquals("t.csv:3: column 3 holds the label 3, but `kind` is category(3)", refusal(table("", "1,2,0", "1,2,3")));
        assertEquals("t.csv: column 3 holds 4 different labels, but `kind` is category(3)",
                refusal(table("", "1,2,a", "1,2,b", "1,2,c", "1,2,d")));
        List<Port> titled = List.of(Port.category("target", 3).titled("kind"));
        assertEquals("t.csv:2: column 3 holds the label 3, but `kind` is category(3)",
                assertThrows(DataException.class, () -> Binding.of(table("", "1,2,3"), INPUTS, titled, CsvOptions.STANDARD)).getMessage());
        CsvOptions options = new CsvOptions(Optional.empty(), ',', List.of(), List.of("size"));
        assertEquals("t.csv: has no column \"size\"",
                assertThrows(DataException.class, () -> Binding.of(table("a,b,c", "1,2,0"), INPUTS, TARGETS, options)).getMessage());
    }

    @Test
    void refusesALabelThatTrainingDidNotSee() {
        Binding binding = bind(table("", "1,2,ant", "3,4,bee"));
        Table other = table("", "1,2,cow");
        assertEquals("t.csv:2: column 3 holds the label \"cow\", which is not known",
                assertThrows(DataException.class, () -> binding.read(other)).getMessage());
    }

    @Test
    void readsInputsAloneForPrediction() {
        Binding binding = bind(table("", "1,2,0"));
        assertArrayEquals(new float[]{8, 9}, binding.readInputs(table("", "8,9")).input(0).reals());
        assertArrayEquals(new float[]{8, 9}, binding.readInputs(table("", "8,9,1")).input(0).reals());
    }

    private static final Port FLOWER = Port.row("flower", List.of(new Field("petal_width", Field.Kind.REAL, Map.of("?", Float.NaN)),
            new Field("petals", Field.Kind.WHOLE, Map.of())));
    private static final Port SPECIES = Port.choice("target",
            new Field("species", Field.Kind.TEXT, Map.of("Iris-setosa", 0f, "setosa", 0f, "virginica", 1f)),
            List.of("setosa", "virginica"));

    private static Dataset flowers(Table table) {
        return Binding.of(table, List.of(FLOWER), List.of(SPECIES), CsvOptions.STANDARD).read(table);
    }

    @Test
    void fieldsOfARecordAreFoundByHeader() {
        Table table = table("Species,id,petals,Petal.Width", "Iris-setosa,7,5,0.5", "virginica,8,6,?");
        assertTrue(Binding.of(table, List.of(FLOWER), List.of(SPECIES), CsvOptions.STANDARD).byName());
        assertArrayEquals(new float[]{0.5f, 5, Float.NaN, 6}, flowers(table).input(0).reals());
        assertArrayEquals(new int[]{0, 1}, flowers(table).target(0).integers());
    }

    @Test
    void fieldsOfARecordAreTakenInOrderWhereThereIsNoHeader() {
        Table table = table("", "0.5,5,setosa", "0.25,6,virginica");
        assertFalse(Binding.of(table, List.of(FLOWER), List.of(SPECIES), CsvOptions.STANDARD).byName());
        assertArrayEquals(new float[]{0.5f, 5, 0.25f, 6}, flowers(table).input(0).reals());
    }

    @Test
    void aHeaderThatLacksAFieldIsNoOrder() {
        DataException refused = assertThrows(DataException.class, () -> flowers(table("petal_widht,petals,species", "1,2,setosa")));
        assertEquals("t.csv: has no column \"petal_width\"", refused.getMessage());
        assertEquals("did you mean \"petal_widht\"?", refused.hint().orElseThrow());
    }

    @Test
    void anUnknownTextIsRefusedWithItsPlaceAndTheNearestOne() {
        DataException refused = assertThrows(DataException.class, () -> flowers(table("", "1,2,setosa", "1,2,virginca")));
        assertEquals("t.csv:3: column 3 holds \"virginca\", which is no text of `species`", refused.getMessage());
        assertEquals("did you mean \"virginica\"?", refused.hint().orElseThrow());
    }

    @Test
    void aValueThatMayNotBeMissingSaysHowItMight() {
        DataException refused = assertThrows(DataException.class, () -> flowers(table("", "1,?,setosa")));
        assertEquals("t.csv:2: column 2 holds \"?\", but `petals` is a whole number", refused.getMessage());
        assertTrue(refused.hint().orElseThrow().contains("missing(\"?\", mean)"));
        assertThrows(DataException.class, () -> flowers(table("", "1,2.5,setosa")));
    }

    @Test
    void predictionTakesTheFieldsAloneOrWithWhateverElse() {
        Table alone = table("", "0.5,5");
        Binding binding = Binding.of(alone, List.of(FLOWER), List.of(), CsvOptions.STANDARD);
        assertArrayEquals(new float[]{0.5f, 5}, binding.readInputs(alone).input(0).reals());
        Table more = table("id,petals,petal_width", "9,5,0.5");
        assertArrayEquals(new float[]{0.5f, 5},
                Binding.of(more, List.of(FLOWER), List.of(), CsvOptions.STANDARD).readInputs(more).input(0).reals());
    }
}

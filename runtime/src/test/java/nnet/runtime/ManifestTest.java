package nnet.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

    static final String XOR = """
            nnet	1
            network	samples.xor.Xor	0.1.0
            input	bits	f32	0	2
            output	y	f32	0	1
            target	y.target	f32	0	1
            parameter	dense1.weight	0	trainable	2	8
            parameter	dense1.bias	16	trainable	8
            parameter	frozen.scale	24	frozen
            state	norm.mean	0	8
            program	infer	batch
            storage	bits	f32	2*batch	data	-
            storage	dense1.weight	f32	16	parameter	-
            storage	%5	f32	8*batch	-	0
            storage	y	f32	batch	data	-
            program	update
            storage	parameters	f32	24	parameter	-
            storage	step	i32	1	control	-
            """;

    @Test
    void everyLineIsRead() {
        Manifest xor = Manifest.parse(XOR);
        assertEquals("samples.xor.Xor", xor.network());
        assertEquals("0.1.0", xor.version());
        assertEquals(List.of(new Manifest.Port("bits", Element.F32, 0, List.of(Size.parse("2")))), xor.inputs());
        assertEquals("y.target", xor.targets().get(0).name());
        assertEquals(new Manifest.Weight("dense1.bias", 16, true, List.of(Size.parse("8"))), xor.parameters().get(1));
        assertEquals(25, xor.parameterCount());
        assertEquals(24, xor.trainableCount());
        assertEquals(8, xor.stateCount());
        assertEquals(new Manifest.Storage("%5", Element.F32, Size.parse("8*batch"), Optional.empty(), Optional.of(0)),
                xor.programs().get(0).storages().get(2));
        assertEquals(List.of("batch"), xor.programs().get(0).symbols());
        assertEquals(1, xor.program("update"));
        assertEquals(1, xor.programs().get(1).storage(Manifest.Role.CONTROL, "step"));
        assertEquals(Optional.empty(), xor.findProgram("metrics"));
        assertThrows(NoSuchElementException.class, () -> xor.program("metrics"));
    }

    @Test
    void portsSayWhatTheirNumbersMean() {
        Manifest iris = Manifest.parse("nnet\t1\ninput\tflower\tf32\t0\t2\nfield\twidth\treal\t0\tlog,standardized\n"
                + "field\tcolour\tcategory\t2\tone_hot,missing_category\nmember\tred\tRed\tR\nmember\tblue\tBlue\n"
                + "output\tspecies\tf32\t2\t2\nmember\tsetosa\tIris-setosa\nmember\tvirginica\tvirginica\n");
        Manifest.Port flower = iris.inputs().get(0);
        assertEquals(new Manifest.Field("width", "real", 0, List.of("log", "standardized"), List.of()), flower.fields().get(0));
        assertEquals(List.of("Red", "R"), flower.fields().get(1).members().get(0).texts());
        assertTrue(flower.fields().get(1).isOptional());
        assertEquals(List.of("setosa", "virginica"), iris.outputs().get(0).members().stream().map(Manifest.Member::name).toList());
    }

    @Test
    void portsPrintAsTheLanguageWritesThem() {
        List<Size> rows = List.of(Size.parse("3"), Size.parse("2"));
        assertEquals("x: f32[3, 2]", new Manifest.Port("x", Element.F32, 0, rows).toString());
        assertEquals("words: category(9)[3, 2]", new Manifest.Port("words", Element.I32, 9, rows).toString());
        assertEquals("kinds: category(2)[3]", new Manifest.Port("kinds", Element.F32, 2, rows).toString());
        assertEquals("kind: category(2)", new Manifest.Port("kind", Element.F32, 2, rows.subList(1, 2)).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nnet\t2", "nnet\t1\nparameter\tw", "nnet\t1\nstorage\tx\tf32\t1\t-\t-", "nnet\t1\nbanana",
        "nnet\t1\ninput\tx\tf33\t0\t2", "nnet\t1\nparameter\tw\t-1\ttrainable\t2", "nnet\t1\ninput\tx\tf32\t0\t2**batch"})
    void aBadTextIsRefusedWithItsLine(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Manifest.parse(text)).getMessage();
        assertTrue(message.contains("line "), message);
    }

    @Test
    void sizesPrintAsTheyWereRead() {
        for (String text : List.of("0", "64", "batch", "4*time", "3*batch*time")) {
            assertEquals(text, Size.parse(text).toString());
        }
        assertEquals(3 * 5 * 7, Size.parse("3*batch*time").at(List.of("batch", "time"), new int[]{5, 7}));
        assertThrows(ArithmeticException.class, () -> Size.parse("65536*batch").at(List.of("batch"), new int[]{65536}));
        assertThrows(IllegalArgumentException.class, () -> Size.parse("4*time").at(List.of("batch"), new int[]{1}));
    }
}

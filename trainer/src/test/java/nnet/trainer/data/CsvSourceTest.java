package nnet.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a network is asked about, where the recipe chooses columns: the rest of the table may be there or not.
class CsvSourceTest {

    private static final List<Port> INPUTS = List.of(Port.real("first"), Port.real("second"));
    private static final List<Port> TARGETS = List.of(Port.real("target").titled("difference"));

    @TempDir
    Path folder;

    private float[] asked(List<String> inputs, List<String> targets, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("asked.csv"), text);
        CsvOptions options = new CsvOptions(Optional.empty(), ',', inputs, targets);
        Dataset data = new CsvSource(file, options, Optional.empty()).questions(file, INPUTS, TARGETS, Encoding.NONE).examples();
        return new float[]{data.input(0).reals()[0], data.input(1).reals()[0]};
    }

    @Test
    void chosenInputsAreTakenByNameWhateverElseIsThere() throws IOException {
        List<String> inputs = List.of("b", "a");
        for (List<String> targets : List.of(List.<String>of(), List.of("c"))) {
            assertArrayEquals(new float[]{2, 1}, asked(inputs, targets, "a,b\n1,2\n"));
            assertArrayEquals(new float[]{2, 1}, asked(inputs, targets, "a,b,c\n1,2,3\n"));
            assertArrayEquals(new float[]{2, 1}, asked(inputs, targets, "x,a,b\n0,1,2\n"));
        }
    }

    @Test
    void chosenInputsAloneGoInOrderWhereTheyHaveNoNames() throws IOException {
        assertArrayEquals(new float[]{2, 1}, asked(List.of("b", "a"), List.of("c"), "2,1\n"));
        assertArrayEquals(new float[]{2, 1}, asked(List.of("2", "0"), List.of("1"), "2,1\n"));
        assertArrayEquals(new float[]{2, 1}, asked(List.of("2", "0"), List.of("1"), "1,3,2\n"));
        assertThrows(DataException.class, () -> asked(List.of("b", "a"), List.of("c"), "1,2,3\n"));
    }

    @Test
    void chosenTargetsNeedNotBeThere() throws IOException {
        assertArrayEquals(new float[]{1, 2}, asked(List.of(), List.of("c"), "c,first,second\n3,1,2\n"));
        assertArrayEquals(new float[]{1, 2}, asked(List.of(), List.of("c"), "x,second,first\n3,2,1\n"));
        assertArrayEquals(new float[]{1, 2}, asked(List.of(), List.of("0"), "3,1,2\n"));
    }
}

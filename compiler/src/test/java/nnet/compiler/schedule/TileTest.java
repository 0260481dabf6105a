package nnet.compiler.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TileTest {

    /// Loops over narrower tiles would run in plain code.
    @ParameterizedTest
    @MethodSource("targets")
    void tilesOfFewColumnsAreAsWideAsAVectorLoop(Target target) {
        Tile usual = Tile.of(target);
        for (int columns = 1; columns < 16; columns++) {
            assertEquals(usual, usual.forColumns(columns));
        }
    }

    @Test
    void oneVectorOfColumnsHasTwiceTheRows() {
        assertEquals(new Tile(12, 16, 64, 192), Tile.of(Target.VECTOR512).forColumns(16));
    }

    static List<Target> targets() {
        return Target.all();
    }
}

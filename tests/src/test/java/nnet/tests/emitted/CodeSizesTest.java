package nnet.tests.emitted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class CodeSizesTest {
    static int one() {
        return 1;
    }

    @Test
    void aMethodThatReturnsAConstantHasTwoBytes() throws IOException {
        try (InputStream in = CodeSizesTest.class.getResourceAsStream("CodeSizesTest.class")) {
            var sizes = CodeSizes.of(in.readAllBytes());
            assertEquals(2, sizes.get("one()I"));
            assertTrue(sizes.get("<init>()V") > 0);
        }
    }
}

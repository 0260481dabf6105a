package nnet.compiler.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearNameTest {

    private final List<String> known = List.of("Dense", "Dropout", "relu", "elu", "selu", "cross_entropy", "x");

    @Test
    void a_name_with_a_letter_wrong_exchanged_missing_or_in_the_other_case_is_near() {
        assertEquals(Optional.of("Dense"), NearName.of("Dence", known));
        assertEquals(Optional.of("Dense"), NearName.of("Desne", known));
        assertEquals(Optional.of("Dense"), NearName.of("dense", known));
        assertEquals(Optional.of("relu"), NearName.of("rel", known));
        assertEquals(Optional.of("cross_entropy"), NearName.of("crossentropy", known));
    }

    @Test
    void a_different_word_is_not() {
        assertEquals(Optional.empty(), NearName.of("Convolution", known));
        assertEquals(Optional.empty(), NearName.of("y", known));
    }
}

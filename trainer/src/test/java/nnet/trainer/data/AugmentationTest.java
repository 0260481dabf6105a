package nnet.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AugmentationTest {

    private static final Port IMAGE = Port.real("image", 1, 3, 3);
    private static final float[] DIGITS = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    private static final int EXAMPLES = 200;

    /// The same image many times.
    private static Dataset images() {
        float[] all = new float[9 * EXAMPLES];
        for (int i = 0; i < all.length; i++) {
            all[i] = DIGITS[i % 9];
        }
        return Dataset.of(List.of(new Values.Numbers(IMAGE, all)), List.of(), EXAMPLES);
    }

    private static Set<List<Float>> variants(Augmentation augmentation) {
        float[] all = images().augmented(List.of(augmentation), 1).in(1).input(0).reals();
        Set<List<Float>> variants = new HashSet<>();
        for (int i = 0; i < EXAMPLES; i++) {
            Float[] one = new Float[9];
            for (int j = 0; j < 9; j++) {
                one[j] = all[9 * i + j];
            }
            variants.add(List.of(one));
        }
        return variants;
    }

    private static List<Float> image(float... values) {
        Float[] boxed = new Float[values.length];
        Arrays.setAll(boxed, i -> values[i]);
        return List.of(boxed);
    }

    @Test
    void aShiftMovesInEveryDirection() {
        Set<List<Float>> variants = variants(new Augmentation.Shift(1));
        assertEquals(9, variants.size());
        assertTrue(variants.contains(image(DIGITS)) && variants.contains(image(0, 0, 0, 0, 1, 2, 0, 4, 5))
                && variants.contains(image(5, 6, 0, 8, 9, 0, 0, 0, 0)), variants::toString);
    }

    @Test
    void aFlipMirrorsOrDoesNot() {
        assertEquals(Set.of(image(DIGITS), image(3, 2, 1, 6, 5, 4, 9, 8, 7)), variants(new Augmentation.Flip(true)));
        assertEquals(Set.of(image(DIGITS), image(7, 8, 9, 4, 5, 6, 1, 2, 3)), variants(new Augmentation.Flip(false)));
    }

    @Test
    void aCropWithPaddingIsAShiftAndASmallerOneLeavesAnEdge() {
        assertEquals(variants(new Augmentation.Shift(1)), variants(new Augmentation.Crop(3, 1)));
        assertTrue(variants(new Augmentation.Crop(1, 0)).contains(image(0, 0, 0, 0, 9, 0, 0, 0, 0)));
        assertEquals(9, variants(new Augmentation.Crop(1, 0)).size());
    }

    @Test
    void aRotationKeepsTheMiddle() {
        Set<List<Float>> variants = variants(new Augmentation.Rotate(10));
        assertTrue(variants.size() > 100);
        assertTrue(variants.stream().allMatch(each -> Math.abs(each.get(4) - 5) < 1e-4));
    }

    @Test
    void noiseHasTheDeviationAskedFor() {
        float[] all = images().augmented(List.of(new Augmentation.Noise(0.5)), 1).in(1).input(0).reals();
        double squares = 0;
        for (int i = 0; i < all.length; i++) {
            squares += (all[i] - DIGITS[i % 9]) * (all[i] - DIGITS[i % 9]);
        }
        // The deviation of 1,800 draws is within 5 of its own deviations, 0.5 / sqrt(3600).
        assertEquals(0.5, Math.sqrt(squares / all.length), 0.042);
    }

    @Test
    void whatIsDrawnDependsOnSeedEpochAndExampleAlone() {
        List<Augmentation> changes = List.of(new Augmentation.Shift(1), new Augmentation.Noise(0.1));
        Dataset data = images().augmented(changes, 7);
        float[] first = data.in(3).input(0).reals();
        assertArrayEquals(first, data.in(3).input(0).reals());
        assertFalse(Arrays.equals(first, data.in(4).input(0).reals()));
        assertFalse(Arrays.equals(first, images().augmented(changes, 8).in(3).input(0).reals()));
        float[] alone = data.select(Rows.of(42)).in(3).input(0).reals();
        assertArrayEquals(Arrays.copyOfRange(first, 42 * 9, 43 * 9), alone);
    }

    @Test
    void dataThatAreScoredStayAsTheyAre() {
        assertArrayEquals(images().input(0).reals(), images().augmented(List.of(new Augmentation.Noise(1)), 7).input(0).reals());
    }
}

package nnet.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArraySourceTest {

    private static final Port IMAGE = Port.real("image", 1, 2, 2);
    private static final Port KIND = Port.category("kind", 3);

    @TempDir
    Path folder;

    private void idx(String name, int[] shape, int... values) throws IOException {
        byte[] bytes = new byte[4 + 4 * shape.length + values.length];
        bytes[2] = 8;
        bytes[3] = (byte) shape.length;
        for (int i = 0; i < shape.length; i++) {
            bytes[4 * i + 7] = (byte) shape[i];
        }
        for (int i = 0; i < values.length; i++) {
            bytes[4 + 4 * shape.length + i] = (byte) values[i];
        }
        Files.write(folder.resolve(name), bytes);
    }

    @BeforeEach
    void write() throws IOException {
        idx("images", new int[]{2, 2, 2}, 0, 51, 102, 255, 255, 0, 0, 0);
        idx("labels", new int[]{2}, 2, 0);
    }

    private Material open(Port image, Port kind, Optional<Normalizer.Kind> normalization) {
        return new ArraySource(ArraySource.Format.IDX, List.of("images"), List.of("labels"), folder, Optional.empty(), normalization)
                .open(List.of(image), List.of(kind), Encoding.NONE);
    }

    private String refusal(Port image, Port kind) {
        return assertThrows(DataException.class, () -> open(image, kind, Optional.empty())).getMessage().replace(folder + "/", "");
    }

    @Test
    void pixelsAreFromZeroToOne() {
        Dataset data = open(IMAGE, KIND, Optional.empty()).part(Rows.all(2), Encoding.NONE);
        assertArrayEquals(new float[]{0, 0.2f, 0.4f, 1, 1, 0, 0, 0}, data.input(0).reals());
        assertArrayEquals(new int[]{2, 0}, data.target(0).integers());
    }

    @Test
    void aVectorTakesAnyShapeOfItsSize() {
        assertEquals(2, open(Port.real("image", 4), KIND, Optional.empty()).rows());
        assertEquals("images: holds examples of 2 x 2, but `image` is [1, 4, 1, 2]", refusal(Port.real("image", 1, 4, 1, 2), KIND));
    }

    @Test
    void imagesAreNormalisedAsAWhole() {
        Material material = open(IMAGE, KIND, Optional.of(Normalizer.Kind.MIN_MAX));
        Encoding encoding = material.learn(Rows.of(1), Encoding.NONE);
        assertArrayEquals(new float[]{0, 0.2f, 0.4f, 1}, material.part(Rows.of(0), encoding).input(0).reals());
        assertEquals(1, encoding.normalizers().get("image").shift().length);
    }

    @Test
    void aLabelOutOfRangeIsNamedWithItsExample() {
        assertEquals("labels: holds the label 2 of example 0, but `kind` is category(2)", refusal(IMAGE, Port.category("kind", 2)));
    }

    @Test
    void aMaskGivesEachElementACategory() throws IOException {
        idx("labels", new int[]{2, 2, 2}, 0, 1, 1, 0, 0, 0, 0, 1);
        Port mask = Port.category("mask", 2, 2, 2);
        assertArrayEquals(new int[]{0, 1, 1, 0, 0, 0, 0, 1},
                open(IMAGE, mask, Optional.empty()).part(Rows.all(2), Encoding.NONE).target(0).integers());
        assertEquals("labels: holds examples of 2 x 2, but `mask` is category(2)[2, 3]", refusal(IMAGE, Port.category("mask", 2, 2, 3)));
    }

    @Test
    void asManyLabelsAsImages() throws IOException {
        idx("labels", new int[]{3}, 2, 0, 1);
        assertEquals("labels: holds 3 examples, but images holds 2", refusal(IMAGE, KIND));
    }
}

package nnet.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import nnet.trainer.data.file.Hostile;
import nnet.trainer.data.file.Picture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSourceTest {

    private static final Port COLOUR = Port.real("image", 3, 2, 2);
    private static final Port GREY = Port.real("image", 1, 2, 2);
    private static final Port KIND = Port.category("kind", 2);

    @TempDir
    Path folder;

    private Path write(String name, int type, int width, int height, int... pixels) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int i = 0; i < pixels.length; i++) {
            if (type == BufferedImage.TYPE_BYTE_GRAY) {
                image.getRaster().setSample(i % width, i / width, 0, pixels[i]);
            } else {
                image.setRGB(i % width, i / width, pixels[i]);
            }
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
        return file;
    }

    @BeforeEach
    void write() throws IOException {
        write("dogs/1.png", BufferedImage.TYPE_INT_RGB, 2, 2, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF);
        write("cats/2.png", BufferedImage.TYPE_BYTE_GRAY, 2, 2, 0, 51, 102, 255);
        write("cats/1.PNG", BufferedImage.TYPE_INT_RGB, 2, 2, 0, 0, 0, 0);
        Files.writeString(folder.resolve("cats/notes.txt"), "not an image");
    }

    private Material open(Port input) {
        return new ImageSource(folder, Optional.empty()).open(List.of(input), List.of(KIND), Encoding.NONE);
    }

    private String refusal(Port input) {
        return assertThrows(DataException.class, () -> open(input)).getMessage().replace(folder + "/", "");
    }

    @Test
    void foldersAreClassesInSortedOrder() {
        Material material = open(GREY);
        assertEquals(List.of("cats", "dogs"), material.learn(Rows.all(3), Encoding.NONE).labels().get("kind").texts());
        assertArrayEquals(new int[]{0, 0, 1}, material.part(Rows.all(3), Encoding.NONE).target(0).integers());
    }

    @Test
    void colourIsChannelAfterChannel() {
        float[] dog = open(COLOUR).part(Rows.of(2), Encoding.NONE).input(0).reals();
        assertArrayEquals(new float[]{1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1}, dog);
    }

    @Test
    void greyIsTheLumaOfColourAndTheShadeOfGrey() {
        float[] grey = open(GREY).part(Rows.of(1, 2), Encoding.NONE).input(0).reals();
        assertArrayEquals(new float[]{0, 0.2f, 0.4f, 1, 0.298f, 0.588f, 0.114f, 1}, grey, 0.002f);
    }

    @Test
    void imagesOfAnotherSizeAreNamed() throws IOException {
        write("dogs/wide.png", BufferedImage.TYPE_INT_RGB, 3, 2);
        assertEquals("dogs/wide.png: is 2 pixels high and 3 wide, but `image` is [1, 2, 2]", refusal(GREY));
    }

    @Test
    void whatBelongsToNoClassIsRefused() throws IOException {
        Path stray = write("1.png", BufferedImage.TYPE_INT_RGB, 2, 2);
        assertEquals("1.png: lies beside the folders of the classes", refusal(GREY));
        Files.delete(stray);
        Files.createDirectories(folder.resolve("bats"));
        Files.writeString(folder.resolve("bats/1.webp"), "of a kind that is not read");
        assertEquals("bats: is a class without images", refusal(GREY));
    }

    @Test
    void moreClassesThanTheNetworkHasAreTooMany() throws IOException {
        write("eels/1.png", BufferedImage.TYPE_INT_RGB, 2, 2);
        assertEquals(folder + ": holds 3 classes, but `kind` is category(2)", refusal(GREY));
    }

    @Test
    void aClassThatTrainingDidNotSeeIsRefused() {
        Encoding known = new Encoding(Map.of("kind", new Labels(List.of("cats", "cows"))), Map.of(), Map.of());
        assertEquals("is a class that is not known", assertThrows(DataException.class,
                () -> new ImageSource(folder, Optional.empty()).open(List.of(GREY), List.of(KIND), known)).getMessage().split(": ")[1]);
    }

    @Test
    void imagesToPredictKeepTheirNames() {
        DataSource source = new ImageSource(folder, Optional.empty());
        assertEquals(List.of("cats/1.PNG", "cats/2.png", "dogs/1.png"),
                source.questions(folder, List.of(GREY), List.of(KIND), Encoding.NONE).names());
        assertEquals(List.of("1.png"), source.questions(folder.resolve("dogs/1.png"), List.of(GREY), List.of(KIND), Encoding.NONE).names());
    }

    @Test
    void damagedImagesNeverBreakTheReader() throws IOException {
        Hostile.check(write("good/a.png", BufferedImage.TYPE_INT_RGB, 5, 4, 1, 2, 3), file -> Picture.read(file, 3));
        Hostile.check(write("good/a.jpg", BufferedImage.TYPE_INT_RGB, 5, 4, 1, 2, 3), file -> Picture.read(file, 1));
    }
}

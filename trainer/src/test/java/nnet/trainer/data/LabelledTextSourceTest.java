package nnet.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import nnet.trainer.data.file.Hostile;
import nnet.trainer.data.file.Tar;
import nnet.trainer.data.text.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledTextSourceTest {

    private static final Port WORDS = Port.category("words", 10, 3);
    private static final Port MOOD = Port.category("mood", 2);

    @TempDir
    Path folder;

    private static LabelledTextSource source(Path path, boolean isCut) {
        return new LabelledTextSource(path, new Tokens(Tokens.Kind.WORDS, OptionalInt.empty(), Tokens.Unknown.REPLACE),
                new LabelledTextSource.TableColumns("", "", CsvOptions.STANDARD), isCut);
    }

    private static Dataset whole(Path path, boolean isCut, Port... inputs) {
        Material material = source(path, isCut).open(List.of(inputs), List.of(MOOD), Encoding.NONE);
        Rows all = Rows.all(material.rows());
        return material.part(all, material.learn(all, Encoding.NONE));
    }

    private String refusal(Path path, boolean isCut) {
        return assertThrows(DataException.class, () -> whole(path, isCut, WORDS)).getMessage().replace(folder + "/", "");
    }

    private Path folders() throws IOException {
        for (String[] each : new String[][]{{"good/1.txt", "fine film"}, {"good/2.txt", "fine"}, {"bad/1.txt", "dull dull film"}}) {
            Path file = folder.resolve("all").resolve(each[0]);
            Files.createDirectories(file.getParent());
            Files.writeString(file, each[1]);
        }
        Files.writeString(folder.resolve("all/README"), "about the texts");
        return folder.resolve("all");
    }

    @Test
    void aHeaderOfWordsIsKnownByTheColumnsThatTheRecipeNames() throws IOException {
        Path table = Files.writeString(folder.resolve("films.csv"), "mood,words\ngood,fine film\nbad,dull film\n");
        LabelledTextSource named = new LabelledTextSource(table, new Tokens(Tokens.Kind.WORDS, OptionalInt.empty(), Tokens.Unknown.REPLACE),
                new LabelledTextSource.TableColumns("words", "mood", CsvOptions.STANDARD), false);
        assertEquals(2, named.open(List.of(WORDS), List.of(MOOD), Encoding.NONE).rows());
    }

    /// A header of the ustar format.
    private static byte[] header(String name, int size) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 124, "%011o".formatted(size));
        put(header, 148, "        ");
        header[156] = '0';
        put(header, 257, "ustar\u000000");
        int sum = 0;
        for (byte each : header) {
            sum += each;
        }
        put(header, 148, "%06o\u0000 ".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static byte[] tar(String... namesAndTexts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            byte[] text = namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8);
            out.write(header(namesAndTexts[i], text.length));
            out.write(Arrays.copyOf(text, (text.length + 511) / 512 * 512));
        }
        out.write(new byte[1024]);
        return out.toByteArray();
    }

    @Test
    void theFolderIsTheLabelAndPaddingIsZero() throws IOException {
        Dataset data = whole(folders(), false, WORDS);
        // dull, film and fine occur twice each: in the order of their spelling they follow padding and the unknown.
        assertArrayEquals(new int[]{2, 2, 3, 4, 3, 0, 4, 0, 0}, data.input(0).integers());
        assertArrayEquals(new int[]{0, 1, 1}, data.target(0).integers());
    }

    @Test
    void aSecondInputGetsLengthsOrAMask() throws IOException {
        assertArrayEquals(new int[]{3, 2, 1}, whole(folders(), false, WORDS, Port.whole("length")).input(1).integers());
        assertArrayEquals(new int[]{1, 1, 1, 1, 1, 0, 1, 0, 0}, whole(folders(), false, WORDS, Port.whole("mask", 3)).input(1).integers());
    }

    @Test
    void anArchiveIsReadLikeItsFolders() throws IOException {
        Path archive = folder.resolve("all.tar.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
            out.write(tar("README", "about", "x/bad/1.txt", "dull dull film", "x/good/1.txt", "fine film", "x/good/2.txt", "fine"));
        }
        assertArrayEquals(whole(folders(), false, WORDS).input(0).integers(), whole(archive, false, WORDS).input(0).integers());
    }

    @Test
    void damagedArchivesNeverBreakTheReader() throws IOException {
        Path archive = Files.write(folder.resolve("a.tar"), tar("x/bad/1.txt", "dull", "x/good/1.txt", "fine"));
        Hostile.check(archive, file -> Tar.read(file, (name, bytes) -> {
        }));
    }

    @Test
    void aTableHasAColumnOfTexts() throws IOException {
        Path table = Files.writeString(folder.resolve("t.tsv"), "fine film\tgood\ndull\tbad\n");
        Dataset data = whole(table, false, WORDS);
        assertArrayEquals(new int[]{1, 0}, data.target(0).integers());
        assertEquals(2, data.rows());
    }

    @Test
    void aHeaderThatNobodySpokeOfIsNoText() throws IOException {
        Path table = Files.writeString(folder.resolve("t.csv"), "text,mood\nfine,good\nfine film,good\ndull,bad\ndull film,bad\n");
        assertEquals("t.csv:1: has the label \"mood\", which no other row has", refusal(table, false));
        CsvOptions spoken = new CsvOptions(Optional.of(true), ',', List.of(), List.of());
        LabelledTextSource source = new LabelledTextSource(table,
                new Tokens(Tokens.Kind.WORDS, OptionalInt.empty(), Tokens.Unknown.REPLACE),
                new LabelledTextSource.TableColumns("", "", spoken), false);
        assertEquals(4, source.open(List.of(WORDS), List.of(MOOD), Encoding.NONE).rows());
    }

    @Test
    void textsThatAreTooLongOrEmptyAreNamedWithTheirPlace() throws IOException {
        Path table = Files.writeString(folder.resolve("t.csv"), "fine,good\na b c d,bad\n");
        assertEquals("t.csv:2: has 4 tokens, but `words` takes 3", refusal(table, false));
        assertEquals(2, whole(table, true, WORDS).rows());
        assertEquals("t.csv:1: holds no words", refusal(Files.writeString(table, "\" \",good\nfine,bad\n"), false));
        Files.writeString(folders().resolve("bad/1.txt"), "a b c d");
        assertEquals("all/bad/1.txt: has 4 tokens, but `words` takes 3", refusal(folder.resolve("all"), false));
    }

    @Test
    void linesAreReadForPrediction() throws IOException {
        LabelledTextSource source = source(folders(), false);
        Material material = source.open(List.of(WORDS), List.of(MOOD), Encoding.NONE);
        Encoding encoding = material.learn(Rows.all(3), Encoding.NONE);
        Path lines = Files.writeString(folder.resolve("lines.txt"), "fine film\n\nunseen\n");
        Dataset asked = source.questions(lines, List.of(WORDS), List.of(MOOD), encoding).examples();
        assertEquals(2, asked.rows());
        assertEquals(1, asked.input(0).integers()[3]);
    }
}

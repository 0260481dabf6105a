package nnet.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvReaderTest {

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("data.csv"), text);
    }

    private Table read(String text) throws IOException {
        return CsvReader.read(file(text), CsvOptions.STANDARD);
    }

    private String refusal(String text) {
        return assertThrows(DataException.class, () -> read(text)).getMessage().replace(folder.toString(), "");
    }

    @Test
    void findsAHeaderByItsTextOverNumbers() throws IOException {
        assertEquals(Optional.of(List.of("a", "b")), read("a,b\n1,2\n").names());
        assertEquals(Optional.empty(), read("1,x\n2,y\n").names());
    }

    @Test
    void findsAHeaderOfWordsByTheNamesThatAreLookedFor() throws IOException {
        Path words = file("text,mood\nfine,good\ndull,bad\n");
        assertEquals(Optional.empty(), CsvReader.read(words, CsvOptions.STANDARD).names());
        assertEquals(Optional.of(List.of("text", "mood")), CsvReader.read(words, CsvOptions.STANDARD, List.of("text", "mood")).names());
        assertEquals(Optional.empty(), CsvReader.read(words, CsvOptions.STANDARD, List.of("0", "1")).names());
        assertEquals(Optional.empty(), CsvReader.read(words, CsvOptions.STANDARD, List.of("text", "label")).names());
    }

    @Test
    void stripsTheSpaceAfterACommaAndReadsQuotedFields() throws IOException {
        assertArrayEquals(new String[]{"1", "State-gov", "a, b"}, read("1, State-gov,\"a, b\"\n").rows().getFirst());
    }

    @Test
    void saysWhereAQuoteIsOpenedThatIsNotClosed() {
        DataException refused = assertThrows(DataException.class, () -> read("a,b,c\n1,2,3\n\"4,5,6\n7,8,9\n"));
        assertTrue(refused.getMessage().endsWith("data.csv:3: has 1 field, but the first row has 3"), refused.getMessage());
        assertEquals("a quote that is opened here is closed in another line, or never", refused.hint().orElseThrow());
    }

    @Test
    void readsGzipWhateverTheName() throws IOException {
        Path zipped = folder.resolve("data.csv");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write("1,2\n3,4\n".getBytes());
        }
        assertEquals(2, CsvReader.read(zipped, CsvOptions.STANDARD).rows().size());
    }

    @Test
    void skipsTheMarkOfByteOrder() throws IOException {
        assertEquals(List.of("1", "2"), List.of(read("\uFEFF1,2\r\n3,4\r\n").rows().getFirst()));
        assertEquals(Optional.of(List.of("a", "b")), read("\uFEFFa,b\r\n3,4\r\n").names());
    }

    @Test
    void saysInWhatEncodingATextIsNot() throws IOException {
        Path latin = Files.writeString(folder.resolve("data.csv"), "Gr\u00f6\u00dfe\n1\n", StandardCharsets.ISO_8859_1);
        assertEquals(latin + ": is not text in UTF-8",
                assertThrows(DataException.class, () -> CsvReader.read(latin, CsvOptions.STANDARD)).getMessage());
        Path wide = Files.writeString(folder.resolve("wide.csv"), "\uFEFF1,2\n", StandardCharsets.UTF_16LE);
        assertEquals(wide + ": is text in UTF-16",
                assertThrows(DataException.class, () -> CsvReader.read(wide, CsvOptions.STANDARD)).getMessage());
    }

    @Test
    void namesTheLineOfARaggedRow() {
        assertEquals("/data.csv:3: has 1 field, but the first row has 2", refusal("a,b\n1,2\n3\n"));
    }

    @Test
    void refusesEmptyAndMissingFilesAndFolders() {
        assertEquals("/data.csv: holds no rows", refusal(""));
        assertEquals("/data.csv: holds a header and no rows", refusalWithHeader("a,b\n"));
        assertTrue(assertThrows(DataException.class, () -> CsvReader.read(folder.resolve("none.csv"), CsvOptions.STANDARD)).getMessage()
                .endsWith("there is no such file"));
        assertTrue(assertThrows(DataException.class, () -> CsvReader.read(folder, CsvOptions.STANDARD)).getMessage()
                .endsWith("is a folder, not a file"));
    }

    @Test
    void aTableOfOneRowOfWordsIsAHeaderWhereNumbersAreNeeded() throws IOException {
        assertEquals("holds a header and no rows", fault("a,b\n", table -> table.number(0, 1)));
        assertEquals("holds a header and no rows", fault("a,b\n", table -> table.whole(0, 1)));
        assertEquals("holds a header and no rows",
                fault("a,b\n", table -> new Field("b", Field.Kind.REAL, Map.of()).value(table, 0, 1)));
        assertEquals("column 2 holds \"b\", which is not a number", fault("1,b\n", table -> table.number(0, 1)));
        assertEquals("column 2 holds \"b\", which is not a number", fault("a,b\nc,d\n", table -> table.number(0, 1)));
        assertEquals(1, read("red,high\n").rows().size(), "texts may be what is asked about");
    }

    private String fault(String text, Consumer<Table> use) throws IOException {
        Table table = read(text);
        String message = assertThrows(DataException.class, () -> use.accept(table)).getMessage();
        return message.replaceAll("^[^ ]*: ", "");
    }

    private String refusalWithHeader(String text) {
        CsvOptions options = new CsvOptions(Optional.of(true), ',', List.of(), List.of());
        return assertThrows(DataException.class, () -> CsvReader.read(file(text), options)).getMessage().replace(folder.toString(), "");
    }

    @Test
    void refusesATruncatedGzip() throws IOException {
        Path zipped = folder.resolve("data.csv");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write("1,2\n".repeat(10_000).getBytes());
        }
        byte[] bytes = Files.readAllBytes(zipped);
        Files.write(zipped, Arrays.copyOf(bytes, bytes.length / 2));
        assertTrue(assertThrows(DataException.class, () -> CsvReader.read(zipped, CsvOptions.STANDARD)).getMessage()
                .contains("cannot be read"));
    }
}

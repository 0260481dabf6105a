package nnet.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nnet.compiler.Texts;
import nnet.compiler.source.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashesTest {

    private static final Texts TEXTS = new Texts(new Source("a.nnet", "network A(x: [1]) -> [1] { x }"), List.of(), List.of(), Map.of());

    @TempDir
    Path folder;

    /// Files `class/number` of two classes: each name is there twice.
    private List<Path> files(int each) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : List.of("cats", "dogs")) {
            for (int i = 0; i < each; i++) {
                Path file = folder.resolve(name).resolve(Integer.toString(i));
                Files.createDirectories(file.getParent());
                files.add(Files.writeString(file, name + i));
            }
        }
        return files;
    }

    @Test
    void everyFileCountsEvenIfAnotherHasItsName() throws IOException {
        for (int each : new int[]{2, 20}) {
            List<Path> files = files(each);
            String before = Hashes.fingerprint(TEXTS, files).get();
            assertEquals(before, Hashes.fingerprint(TEXTS, files).get());
            Files.writeString(files.getFirst(), "another cat");
            assertNotEquals(before, Hashes.fingerprint(TEXTS, files).get());
        }
    }

    @Test
    void manyFilesAreToldWithOneHash() throws IOException {
        assertEquals(List.of("a.nnet", "40 files of data"), List.copyOf(Hashes.of(TEXTS, files(20)).keySet()));
    }
}

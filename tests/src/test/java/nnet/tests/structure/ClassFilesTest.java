package nnet.tests.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import nnet.tests.place.Repository;
import org.junit.jupiter.api.Test;

class ClassFilesTest {
    private static final int JAVA_17 = 61;

    @Test
    void theRuntimeRunsOnJava17() throws IOException {
        List<Path> classes = Repository.files(Repository.ROOT.resolve("runtime/target/classes"), ".class");
        assertFalse(classes.isEmpty());
        for (Path file : classes) {
            assertEquals(JAVA_17, majorVersion(file), file.toString());
        }
    }

    @Test
    void theRuntimeJarIsSmall() throws IOException {
        Path classes = Repository.ROOT.resolve("runtime/target/classes");
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes)) {
            for (Path file : Repository.files(classes, ".class")) {
                jar.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, jar);
            }
        }
        assertTrue(bytes.size() < 150_000, bytes.size() + " bytes");
    }

    private static int majorVersion(Path file) throws IOException {
        try (var in = new DataInputStream(Files.newInputStream(file))) {
            in.readInt();
            in.readUnsignedShort();
            return in.readUnsignedShort();
        }
    }
}

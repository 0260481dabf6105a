package nnet.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import nnet.compiler.Texts;
import nnet.compiler.schedule.Target;
import nnet.compiler.source.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassCacheTest {

    @TempDir
    Path folder;
    private int compilations;

    @Test
    void an_unchanged_network_is_compiled_once() {
        assertArrayEquals(new byte[]{1}, classes("a", Target.SCALAR));
        assertArrayEquals(new byte[]{1}, classes("a", Target.SCALAR));
        assertEquals(1, compilations);
    }

    @Test
    void another_text_or_target_is_compiled_anew() {
        classes("a", Target.SCALAR);
        classes("b", Target.SCALAR);
        classes("a", Target.VECTOR256);
        assertEquals(3, compilations);
    }

    @Test
    void a_damaged_file_is_no_mistake_of_the_user() throws IOException {
        classes("a", Target.SCALAR);
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.writeString(file, "not a zip file");
            }
        }
        classes("a", Target.SCALAR);
        assertEquals(2, compilations);
    }

    private byte[] classes(String text, Target target) {
        Texts texts = new Texts(new Source("net.nnet", text), List.of(), List.of(), Map.of());
        return ClassCache.in(folder).classes(texts, List.of(target), "", () -> {
            compilations++;
            return Map.of("Net", new byte[]{(byte) compilations});
        }).get("Net");
    }
}

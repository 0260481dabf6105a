package nnet.compiler.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import nnet.compiler.source.Source;
import org.junit.jupiter.api.Test;

class ParserTest {

    @Test
    void reads_the_tour_of_the_language() throws IOException {
        Parsed parsed = Parser.parse(resource("tour.nnet"));
        assertEquals(List.of(), parsed.diagnostics());
        assertEquals(17, parsed.file().declarations().size());
    }

    static Source resource(String name) throws IOException {
        try (InputStream in = ParserTest.class.getResourceAsStream(name)) {
            return new Source(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}

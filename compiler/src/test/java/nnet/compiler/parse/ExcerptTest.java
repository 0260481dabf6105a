package nnet.compiler.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nnet.compiler.source.Source;
import nnet.compiler.syntax.Declaration;
import nnet.compiler.syntax.SourceFile;
import org.junit.jupiter.api.Test;

class ExcerptTest {

    private static final Path LIBRARY = Path.of("../stdlib/src/main/resources/nnet/stdlib");

    private static final Source PARTS = new Source("parts.nnet", """
            package parts

            /// Uses `unused` in its comment only.
            fn first(x: [n]) -> [n] {
              second(x)
            }

            fn second(x: [n]) = x
            // Between.
            fn unused(x: [n]) = first(x)
            """);

    @Test
    void only_what_is_named_is_read_and_what_that_names() {
        assertEquals(List.of("first", "second"), read("let y = first(x)"));
        assertEquals(List.of("second"), read("let y = second(x)"));
        assertEquals(List.of(), read("let y = third(x)"));
    }

    @Test
    void what_is_read_stands_at_its_place() {
        Declaration second = Excerpt.of(List.of(PARTS), List.of("second")).getFirst().file().declarations().getFirst();
        assertEquals("fn second(x: [n]) = x", second.span().text());
        assertEquals(PARTS, second.span().source());
    }

    /// Otherwise every network that uses such a declaration would be checked twice.
    @Test
    void the_library_is_laid_out_so_that_every_declaration_is_found() throws IOException {
        try (Stream<Path> files = Files.walk(LIBRARY)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Source source = new Source(file.toString(), Files.readString(file));
                List<String> outlined = Outline.of(source).stream().map(Outline.Part::name).flatMap(Optional::stream).toList();
                assertEquals(names(Parser.parse(source).file()), outlined, source.name());
            }
        }
    }

    private static List<String> read(String text) {
        return Excerpt.of(List.of(PARTS), List.of(text)).stream().flatMap(file -> names(file.file()).stream()).toList();
    }

    private static List<String> names(SourceFile file) {
        return file.declarations().stream().map(declaration -> switch (declaration) {
            case Declaration.Definition definition -> definition.name().text();
            case Declaration.Network network -> network.name().text();
            case Declaration.Constant constant -> constant.name().text();
            case Declaration.Enumeration enumeration -> enumeration.name().text();
            case Declaration.Row row -> row.name().text();
            case Declaration.Train train -> train.network().text();
        }).toList();
    }
}

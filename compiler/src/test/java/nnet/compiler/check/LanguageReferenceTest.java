package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The language reference names what there is, so that nothing has to be found by reading sources.
class LanguageReferenceTest {

    private static final Path REFERENCE = Path.of("../docs/language.md");
    private static final Path LIBRARY = Path.of("../stdlib/src/main/resources/nnet/stdlib");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");
    /// What recipes and bodies of networks use; a `fn` beside them is often a step of their mathematics.
    private static final Pattern DECLARATION = Pattern.compile("^(?:layer|loss|metric|schedule|initializer|optimizer|penalty|clip) (\\w+)",
            Pattern.MULTILINE);

    @Test
    void everyPrimitiveFunctionIsInTheReference() throws IOException {
        assertEquals(Set.of(), missing(Builtin.names().stream()), "not named in docs/language.md");
    }

    @Test
    void everythingOfTheStandardLibraryIsInTheReference() throws IOException {
        try (Stream<Path> files = Files.list(LIBRARY)) {
            Stream<String> names = files.map(LanguageReferenceTest::read).flatMap(text -> DECLARATION.matcher(text).results())
                    .map(found -> found.group(1));
            assertEquals(Set.of(), missing(names), "not named in docs/language.md");
        }
    }

    private static Set<String> missing(Stream<String> names) {
        Set<String> named = CODE.matcher(read(REFERENCE)).results().flatMap(code -> WORD.matcher(code.group(1)).results())
                .map(MatchResult::group)
                .collect(Collectors.toSet());
        return names.filter(name -> !named.contains(name)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}

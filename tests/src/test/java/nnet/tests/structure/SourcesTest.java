package nnet.tests.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nnet.tests.place.Repository;
import org.junit.jupiter.api.Test;

/// House rules that need no more than the text.
class SourcesTest {
    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?[\\w.]*?(\\w+|\\*);$", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Pattern VAGUE_NAME = Pattern.compile(".*(Utils?|Helpers?|Manager|Impl)\\.java");

    @Test
    void thereAreSourcesToLookAt() {
        assertTrue(Repository.javaSources().size() > 50);
    }

    @Test
    void everyImportIsUsed() {
        List<String> unused = new ArrayList<>();
        for (Path file : Repository.javaSources()) {
            String text = Repository.read(file);
            Set<String> words = WORD.matcher(IMPORT.matcher(text).replaceAll("")).results().map(MatchResult::group)
                    .collect(Collectors.toSet());
            IMPORT.matcher(text).results().filter(found -> !words.contains(found.group(1)))
                    .forEach(found -> unused.add(name(file) + ": " + found.group()));
        }
        assertEquals(List.of(), unused);
    }

    @Test
    void importsNameWhatTheyImport() {
        assertEquals(List.of(), Repository.javaSources().stream().filter(file -> Pattern.compile("^import .*\\*;$", Pattern.MULTILINE)
                .matcher(Repository.read(file)).find()).map(SourcesTest::name).toList());
    }

    @Test
    void namesSayWhatAThingIs() {
        assertEquals(List.of(),
                Repository.javaSources().stream().map(SourcesTest::name).filter(name -> VAGUE_NAME.matcher(name).matches()).toList());
    }

    @Test
    void everyRoomSaysWhatItIsFor() {
        assertEquals(List.of(),
                Repository.javaSources().stream().filter(file -> file.toString().contains("/src/main/java/"))
                        .filter(file -> !file.endsWith("module-info.java")).map(Path::getParent)
                        .distinct()
                        .filter(folder -> !Files.exists(folder.resolve("package-info.java"))).map(SourcesTest::name).toList());
    }

    private static String name(Path file) {
        return Repository.ROOT.relativize(file).toString();
    }
}

package nnet.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nnet.compiler.Compiler;
import nnet.compiler.Journey;
import nnet.compiler.Texts;
import nnet.compiler.check.Checked;
import nnet.compiler.model.Model;
import nnet.compiler.source.Source;
import nnet.trainer.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The table of the language reference that says what is said to data that break a rule. Run with `-Dbless=true` to write the messages of now into it.
class MistakesInDataTest {

    private static final Path REFERENCE = Path.of("../docs/language.md");
    private static final Pattern TABLE = Pattern
            .compile("(?<=\n\\| data \\| file \\| what is said \\|\n\\| --- \\| --- \\| --- \\|\n)(\\|.*\n)+");
    private static final Pattern ROW = Pattern.compile("\\| `(.*)` \\| (`(.*)`|empty or not there) \\| (.*) \\|\n");

    /// For each source the network that the reference tells of.
    private static final Map<String, String> NETWORKS = Map.of(
            "csv", "network N(age: [1], height: [1]) -> weight: [1] { concat([age, height]) -> Dense(1) }",
            "text", "network N(letters: category(12)[6]) -> next: category(12)[6] { letters -> Embedding(2) -> Dense(12, softmax) }",
            "texts", "network N(words: category(9)[3]) -> mood: category(2) { words -> Embedding(2) -> Flatten -> Dense(2, softmax) }",
            "pairs",
            "network N(asked: category(9)[time <= 4], before: category(7)[steps <= 3]) -> next: category(7)[steps] { before -> Embedding(7) -> softmax }",
            "series", "network N(past: [3]) -> next: [1] { past -> Dense(1) }",
            "sequences",
            "network N(steps: [time <= 3, 2]) -> room: category(2) { (steps -> RNN(2, mask: valid(steps, time)))[-1] -> Dense(2, softmax) }");

    @TempDir
    Path folder;

    @Test
    void everyMistakeIsAnsweredAsTheReferenceSays() throws IOException {
        String text = Files.readString(REFERENCE);
        Matcher table = TABLE.matcher(text);
        assertTrue(table.find(), "there is no table of mistakes in data");
        String answered = text.substring(0, table.start())
                + ROW.matcher(table.group()).replaceAll(row -> Matcher.quoteReplacement(row(row)))
                + text.substring(table.end());
        if (Boolean.getBoolean("bless")) {
            Files.writeString(REFERENCE, answered);
        } else {
            assertEquals(text, answered);
        }
    }

    private String row(MatchResult row) {
        String file = row.group(3) == null ? "" : row.group(3).replace('\u23ce', '\n');
        return "| `" + row.group(1) + "` | " + row.group(2) + " | " + answer(row.group(1), file) + " |\n";
    }

    private String answer(String data, String file) {
        String kind = data.substring(0, data.indexOf('('));
        String split = kind.equals("text") || kind.equals("series") ? "; split = (test: 0.33)" : "";
        String loss = kind.equals("csv") || kind.equals("series") ? "mean_squared_error" : "cross_entropy";
        Source source = new Source("n.nnet",
                NETWORKS.get(kind) + "\ntrain N { data = " + data + split + "; loss = " + loss + "; optimizer = Adam }\n");
        Checked checked = new Compiler(Journey.SILENT).check(new Texts(source, List.of(), StandardLibrary.sources(), Map.of()));
        Model model = checked.model().orElseThrow(() -> new AssertionError(checked.diagnostics().toString()));
        try {
            Files.writeString(folder.resolve(data.contains(".txt") ? "d.txt" : "d.csv"), file);
            Examples.of(model, model.recipe().orElseThrow(), folder);
            return "nothing";
        } catch (DataException mistake) {
            String hint = mistake.hint().map(text -> " `" + text.replace("`", "") + "`").orElse("");
            return "`" + mistake.getMessage().replace(folder + "/", "").replace("`", "") + "`" + hint;
        } catch (IOException problem) {
            throw new AssertionError(problem);
        }
    }
}

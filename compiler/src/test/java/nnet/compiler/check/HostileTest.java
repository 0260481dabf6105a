package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nnet.compiler.parse.Parsed;
import nnet.compiler.parse.Parser;
import nnet.compiler.source.Source;
import org.junit.jupiter.api.Test;

/// Programs made by putting words of a good one in wrong places: a check ends, and says what is wrong or has a model; it never throws.
class HostileTest {

    private static final String GOOD = """
            const width = 3

            fn twice(f: fn)(x) = f(f(x))

            layer Block(units: int, rate: real = 0.5)(x: [..., n]) -> [..., units] {
              require units > 0, "more"
              param weight: [n, units] = normal(0, 0.1)
              state seen: [n] = zeros
              if training { seen <- 0.9 * seen + 0.1 * batch_mean(x) }
              let (a, b) = split(concat([x @ weight, x @ weight]), 2)
              max(a, b) -> Dropout(rate) -> LayerNorm
            }

            network Net(x: [4], c: category(5)) -> kind: category(3) {
              let y = concat([x, one_hot(c)])
              for i in 0..2 { y = y -> Block(width + i) }
              y -> repeat(2) { -> Dense(width, relu) } -> twice(tanh) -> Residual(z => z^2) -> head: Dense(3, softmax)
            }

            train Net {
              data      = csv("net.csv", inputs: ["a", "b"])
              split     = (validation: 0.1)
              loss      = cross_entropy
              optimizer = Adam(rate: cosine(1e-3, 100))
              metrics   = [accuracy]
              penalty   = l2(1e-4)
              clip      = by_norm(1)
              freeze    = [head.bias]
              epochs    = 3
            }
            """;

    private static final List<String> ODD = List.of("0", "-1", "1e9", "x", "width", "[]", "f64", "string", "schedule", "layer", "(", "[2]",
            "target", "true",
            "Net", "\"a\"", "time <= 3");

    private static List<String> words() {
        List<String> words = new ArrayList<>();
        Matcher matcher = Pattern.compile("\\s+|\\w+|->|<-|=>|==|\\.\\.\\.?|.").matcher(GOOD);
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    @Test
    void words_in_wrong_places_are_diagnosed() {
        assertTrue(Library.check("good.nnet", GOOD, Map.of()).model().isPresent());
        List<String> words = words();
        Random random = new Random(1);
        int models = 0;
        int mistakes = 0;
        for (int i = 0; i < 400; i++) {
            List<String> changed = new ArrayList<>(words);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                String word = words.get(random.nextInt(words.size()));
                changed.set(random.nextInt(changed.size()),
                        random.nextInt(4) == 0 ? ODD.get(random.nextInt(ODD.size())) : word);
            }
            Parsed parsed = Parser.parse(new Source("hostile.nnet", String.join("", changed)));
            Checked checked = Checker.check(new Sources(parsed.file(), List.of(), Library.FILES), Map.of());
            models += checked.model().isPresent() ? 1 : 0;
            mistakes += checked.diagnostics().isEmpty() ? 0 : 1;
            assertTrue(checked.model().isPresent() || !checked.diagnostics().isEmpty(), () -> String.join("", changed));
        }
        assertTrue(models > 10 && mistakes > 100, models + " models, " + mistakes + " mistakes");
    }
}

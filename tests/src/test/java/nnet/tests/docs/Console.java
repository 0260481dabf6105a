package nnet.tests.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a `console` block promises: after each line `$ command`, the output that it shows. A line `...` stands for any lines, and `...` within a line for any
/// characters.
record Console(String command, String expected) {
    private static final String PROMPT = "$ ";

    static List<Console> in(String text) {
        List<Console> steps = new ArrayList<>();
        for (String part : ("\n" + text).split("\n" + Pattern.quote(PROMPT))) {
            if (!part.isBlank()) {
                int end = part.indexOf('\n');
                steps.add(end < 0 ? new Console(part, "") : new Console(part.substring(0, end), part.substring(end + 1)));
            }
        }
        return List.copyOf(steps);
    }

    boolean matches(String output) {
        StringBuilder pattern = new StringBuilder();
        for (String line : expected.lines().toList()) {
            if (line.strip().equals("...")) {
                pattern.append("(?:.*\\n)*?");
            } else {
                List<String> pieces = new ArrayList<>();
                for (String piece : line.split(Pattern.quote("..."), -1)) {
                    pieces.add(Pattern.quote(piece));
                }
                pattern.append(String.join(".*", pieces)).append("[ \\t]*\\n");
            }
        }
        return Pattern.compile(pattern.toString()).matcher(output.isEmpty() || output.endsWith("\n") ? output : output + "\n").matches();
    }
}

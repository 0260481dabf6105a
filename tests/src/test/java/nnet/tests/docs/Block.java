package nnet.tests.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A fenced block of a Markdown file.
///
/// @param language the first word of the info string
/// @param note     the rest of it, such as `not run: it needs a second machine`
/// @param line     the line of the opening fence, from 1
record Block(Path file, int line, String language, String note, String text) {
    private static final String FENCE = "```";
    private static final String NOT_RUN = "not run:";

    /// Whether the author says why the block is not run.
    boolean isExcused() {
        return note.startsWith(NOT_RUN) && !note.substring(NOT_RUN.length()).isBlank();
    }

    String title() {
        return "line " + line + ", " + language + (note.isEmpty() ? "" : " (" + note + ")");
    }

    static List<Block> in(Path file, String markdown) {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = markdown.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(FENCE)) {
                int end = i + 1;
                while (end < lines.size() && !lines.get(end).equals(FENCE)) {
                    end++;
                }
                if (end == lines.size()) {
                    throw new IllegalArgumentException(file + ":" + (i + 1) + ": the block is never closed");
                }
                String[] words = lines.get(i).substring(FENCE.length()).strip().split("\\s+", 2);
                String text = String.join("\n", lines.subList(i + 1, end)) + "\n";
                blocks.add(new Block(file, i + 1, words[0], words.length > 1 ? words[1] : "", text));
                i = end;
            }
        }
        return List.copyOf(blocks);
    }
}

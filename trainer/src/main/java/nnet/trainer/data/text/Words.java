package nnet.trainer.data.text;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Words, numbers, single punctuation marks and ends of lines are pieces; other white space is none.
///
/// @param isLower whether words are taken in small letters
public record Words(boolean isLower) implements Pieces {

    private static final Pattern PIECE = Pattern.compile("\\p{L}[\\p{L}\\p{M}\\p{N}]*(?:['\u2019\\-]\\p{L}+)*|\\p{N}+|\\n|[^\\s]");
    private static final Pattern CLOSING = Pattern.compile("[.,;:!?)\\]}\u2019%]");
    private static final Pattern OPENING = Pattern.compile("[(\\[{\\n$]");

    @Override
    public void cut(String text, Visitor visitor) {
        Matcher piece = PIECE.matcher(text);
        while (piece.find()) {
            visitor.visit(isLower ? piece.group().toLowerCase(Locale.ROOT) : piece.group(), piece.start());
        }
    }

    /// With spaces between words, and none before what closes and after what opens.
    @Override
    public String join(List<String> pieces) {
        StringBuilder text = new StringBuilder();
        String before = "\n";
        for (String piece : pieces) {
            if (!OPENING.matcher(before).matches() && !CLOSING.matcher(piece).matches() && !piece.equals("\n")) {
                text.append(' ');
            }
            text.append(piece);
            before = piece;
        }
        return text.toString();
    }

    @Override
    public List<String> write() {
        return List.of(isLower ? "lower_words" : "words");
    }
}

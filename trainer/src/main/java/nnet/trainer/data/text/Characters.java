package nnet.trainer.data.text;

import java.util.List;

/// Every character (Unicode code point) is a piece.
public record Characters() implements Pieces {

    @Override
    public void cut(String text, Visitor visitor) {
        for (int at = 0; at < text.length();) {
            int length = Character.charCount(text.codePointAt(at));
            visitor.visit(text.substring(at, at + length), at);
            at += length;
        }
    }

    @Override
    public String join(List<String> pieces) {
        return String.join("", pieces);
    }

    @Override
    public List<String> write() {
        return List.of("characters");
    }
}

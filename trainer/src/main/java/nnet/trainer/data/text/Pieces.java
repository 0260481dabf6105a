package nnet.trainer.data.text;

import java.util.List;

/// How a text is cut into pieces.
public sealed interface Pieces permits Characters, Words, BytePairs {

    /// Takes the pieces of a text one after the other.
    interface Visitor {
        /// @param at where the piece begins in the text
        void visit(String piece, int at);
    }

    void cut(String text, Visitor visitor);

    /// The text that some pieces make.
    String join(List<String> pieces);

    /// As a list of texts, from which `read` makes the same.
    List<String> write();

    /// @throws IllegalArgumentException if the list is not what `write` gives
    static Pieces read(List<String> list) {
        return switch (list.isEmpty() ? "" : list.getFirst()) {
            case "characters" -> new Characters();
            case "words" -> new Words(false);
            case "lower_words" -> new Words(true);
            case "bpe" -> BytePairs.read(list.subList(1, list.size()));
            default -> throw new IllegalArgumentException("its vocabulary is of an unknown kind");
        };
    }
}

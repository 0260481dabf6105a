package nnet.bench;

/// Pieces of the text beside the sample `letters`, one behind the other. Each character is a row of 128 numbers, one for each code of ASCII: all are zero but one. What follows
/// a piece is to be told: a class for each of the nine commonest characters, and one for all others.
///
/// @param examples rows of characters, and in each the numbers of one character after the other
/// @param next     the class of the character that follows
record Letters(float[][] examples, int[] next) {
    private static final int CODES = 128;
    private static final int CLASSES = 10;
    private static final String COMMONEST = " etoiasrh";

    static Letters read(int pieces, int length) {
        byte[] text = Samples.read("letters", "tinyshakespeare.txt.gz", 0, pieces * length + 1);
        float[][] examples = new float[pieces][length * CODES];
        int[] next = new int[pieces];
        for (int at = 0; at < pieces * length; at++) {
            examples[at / length][at % length * CODES + text[at]] = 1;
        }
        for (int piece = 0; piece < pieces; piece++) {
            int place = COMMONEST.indexOf(text[(piece + 1) * length]);
            next[piece] = place < 0 ? CLASSES - 1 : place;
        }
        return new Letters(examples, next);
    }
}

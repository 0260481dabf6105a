package nnet.trainer.data.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VocabularyTest {

    private static Vocabulary learn(Tokens.Kind kind, Tokens.Unknown unknown, int most, String... texts) {
        return new Tokens(kind, OptionalInt.empty(), unknown).learn(List.of(texts), most, List.of());
    }

    private static List<String> tokens(Vocabulary vocabulary) {
        return IntStream.range(0, vocabulary.size()).mapToObj(vocabulary::token).toList();
    }

    @Test
    void charactersAreNumberedInTheirOrder() {
        Vocabulary vocabulary = learn(Tokens.Kind.CHARACTERS, Tokens.Unknown.ERROR, 10, "banana 🐢");
        assertEquals(List.of(" ", "a", "b", "n", "🐢"), tokens(vocabulary));
        assertArrayEquals(new int[]{3, 1, 2, 4}, vocabulary.encode("nab🐢"));
        assertEquals("nab🐢", vocabulary.decode(3, 1, 2, 4));
        assertEquals("n<unknown>b", vocabulary.decode(3, 5, 2));
    }

    @Test
    void anUnknownCharacterIsNamedWithItsPlace() {
        Vocabulary vocabulary = learn(Tokens.Kind.CHARACTERS, Tokens.Unknown.ERROR, 10, "abc");
        Vocabulary.UnknownToken unknown = assertThrows(Vocabulary.UnknownToken.class, () -> vocabulary.encode("abxc"));
        assertEquals("x", unknown.token());
        assertEquals(2, unknown.at());
    }

    @Test
    void theMostFrequentWordsGetInAndTheRestIsOneToken() {
        Vocabulary vocabulary = new Tokens(Tokens.Kind.LOWER_WORDS, OptionalInt.of(5), Tokens.Unknown.REPLACE)
                .learn(List.of("the cat, the dog", "The end."), 100, List.of(Vocabulary.PADDING));
        assertEquals(List.of("<padding>", "<unknown>", "the", ",", "."), tokens(vocabulary));
        assertEquals("the <unknown>, the <unknown>.", vocabulary.decode(vocabulary.encode("the bird, the bee.")));
    }

    @Test
    void moreCharactersThanTokensAreAMistakeUnlessTheyMayBeReplaced() {
        assertEquals("there are 3 different characters, more than the vocabulary of 2 tokens holds",
                assertThrows(IllegalArgumentException.class,
                        () -> learn(Tokens.Kind.CHARACTERS, Tokens.Unknown.ERROR, 2, "abc")).getMessage());
        assertEquals(List.of("<unknown>", "a"), tokens(learn(Tokens.Kind.CHARACTERS, Tokens.Unknown.REPLACE, 2, "abcab")));
    }

    @Test
    void wordsAreWrittenAsPeopleWriteThem() {
        Vocabulary vocabulary = learn(Tokens.Kind.WORDS, Tokens.Unknown.REPLACE, 100, "don't stop (now), please!\nco-op 12");
        assertEquals("don't stop (now), please!\nco-op 12", vocabulary.decode(vocabulary.encode("don't  stop (now), please!\nco-op 12")));
    }

    @Test
    void bytePairsJoinWhatOccursMostOften() {
        Vocabulary vocabulary = learn(Tokens.Kind.BYTE_PAIRS, Tokens.Unknown.ERROR, 259, "low low low lower lowest");
        // " l" and "lo" occur 4 and 5 times, "ow" 5: of equals the first in order, so "lo", then "low", then " low".
        assertEquals(List.of("lo", "low", " low"), tokens(vocabulary).subList(256, 259));
        assertArrayEquals(new int[]{257, 258}, vocabulary.encode("low low"));
    }

    @Test
    void bytePairsWriteAnyText() {
        Vocabulary vocabulary = learn(Tokens.Kind.BYTE_PAIRS, Tokens.Unknown.ERROR, 300, "the theme of the thesis, then and there");
        for (String text : List.of("", "anything else", "Grüße 🐢\n\t  end ")) {
            assertEquals(text, vocabulary.decode(vocabulary.encode(text)));
        }
    }

    @Test
    void aSmallVocabularyHasNoRoomForBytes() {
        assertEquals("a vocabulary of 200 tokens is too small for byte pairs, which need 256 for single bytes",
                assertThrows(IllegalArgumentException.class, () -> learn(Tokens.Kind.BYTE_PAIRS, Tokens.Unknown.ERROR, 200, "abc"))
                        .getMessage());
    }

    @Test
    void isTheSameAfterWritingAndReading() {
        for (Tokens.Kind kind : Tokens.Kind.values()) {
            Vocabulary vocabulary = learn(kind, Tokens.Unknown.REPLACE, 300, "One fish, two fish, red fish");
            assertEquals(vocabulary, Vocabulary.read(vocabulary.write()));
            assertArrayEquals(vocabulary.encode("two red fish"), Vocabulary.read(vocabulary.write()).encode("two red fish"));
        }
    }

    @Test
    void aDamagedListNeverBreaksTheReader() {
        Random random = new Random(1);
        for (Tokens.Kind kind : Tokens.Kind.values()) {
            List<String> good = learn(kind, Tokens.Unknown.REPLACE, 270, "One fish, two fish, red fish").write();
            for (int trial = 0; trial < 200; trial++) {
                List<String> bad = new ArrayList<>(good);
                bad.set(random.nextInt(Math.min(8, bad.size())), random.nextBoolean() ? "" : Integer.toString(random.nextInt(400)));
                bad.subList(0, random.nextInt(3)).clear();
                try {
                    Vocabulary.read(bad).encode("two fish");
                } catch (IllegalArgumentException | Vocabulary.UnknownToken _) {
                    // It says so.
                }
            }
        }
    }
}

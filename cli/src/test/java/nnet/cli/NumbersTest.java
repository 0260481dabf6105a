package nnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void fourDigitsMatter() {
        assertEquals("0.0000", Numbers.brief(0));
        assertEquals("0.0001", Numbers.brief(1e-4));
        assertEquals("9.000e-05", Numbers.brief(9e-5));
        assertEquals("0.0100", Numbers.brief(0.01));
        assertEquals("-0.5000", Numbers.brief(-0.5));
        assertEquals("1.000", Numbers.brief(0.99996 + 0.0001));
        assertEquals("12.35", Numbers.brief(12.3456));
        assertEquals("9999999", Numbers.brief(9_999_999));
        assertEquals("1.000e+07", Numbers.brief(1e7));
        assertEquals("NaN", Numbers.brief(Double.NaN));
    }

    @Test
    void roundedNumbersAreThoseOfTheFormatter() {
        for (double number = 0.00011; number < 9e6; number *= -1.37) {
            double size = Math.abs(number);
            int digits = size < 1 ? 4 : Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
            assertEquals(String.format(Locale.ROOT, "%." + digits + "f", number), Numbers.brief(number));
        }
    }

    @Test
    void exactNumbersCanBeReadAgain() {
        assertEquals("1013.6181", Numbers.exact(1013.6181f));
        assertEquals(1e-7f / 3, Float.parseFloat(Numbers.exact(1e-7f / 3)));
    }

    @Test
    void thousandsAreGrouped() {
        for (long number : new long[]{0, 7, 999, 1000, -999, -1000, 25_557_032, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertEquals(String.format(Locale.ROOT, "%,d", number), Numbers.grouped(number));
        }
    }

    @Test
    void timesAndSizesHaveUnits() {
        assertEquals("0.40 s", Numbers.time(0.4));
        assertEquals("34 s", Numbers.time(34.2));
        assertEquals("2 min 5 s", Numbers.time(125));
        assertEquals("3 h 12 min", Numbers.time(3 * 3600 + 12 * 60));
        assertEquals("1 byte", Numbers.bytes(1));
        assertEquals("1.5 KiB", Numbers.bytes(1536));
    }
}

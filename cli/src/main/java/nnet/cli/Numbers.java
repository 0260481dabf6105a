package nnet.cli;

import java.util.Locale;

/// Numbers as a person reads them; always with a point, whatever the locale.
final class Numbers {

    private Numbers() {
    }

    /// `1,234 parameters`, `1 parameter`.
    static String count(long number, String thing) {
        return grouped(number) + " " + thing + (number == 1 ? "" : "s");
    }

    static String grouped(long number) {
        StringBuilder text = new StringBuilder(Long.toString(number));
        for (int comma = text.length() - 3; comma > (number < 0 ? 1 : 0); comma -= 3) {
            text.insert(comma, ',');
        }
        return text.toString();
    }

    /// Four digits that matter: `0.1234`, `12.34`, `1.234e-6`.
    static String brief(double number) {
        double size = Math.abs(number);
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.toString(number);
        }
        if (size != 0 && (size < 1e-4 || size >= 1e7)) {
            return String.format(Locale.ROOT, "%.3e", number);
        }
        int digits = size < 1 ? 4 : Math.max(0, 4 - (int) Math.floor(Math.log10(size)) - 1);
        return rounded(number, digits);
    }

    /// As many digits as it takes to read the same `f32` again.
    static String exact(double number) {
        return Float.toString((float) number);
    }

    /// `0.21 s`, `34 s`, `2 min 5 s`, `3 h 12 min`.
    static String time(double seconds) {
        if (seconds < 10) {
            return rounded(seconds, 2) + " s";
        }
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600 ? whole / 60 + " min " + whole % 60 + " s" : whole / 3600 + " h " + whole / 60 % 60 + " min";
    }

    /// `1.5 KiB`, `3.2 MiB`.
    static String bytes(long bytes) {
        if (bytes < 1024) {
            return count(bytes, "byte");
        }
        String[] units = {"KiB", "MiB", "GiB", "TiB"};
        double size = bytes / 1024.0;
        int unit = 0;
        while (size >= 1024 && unit < units.length - 1) {
            size /= 1024;
            unit++;
        }
        return rounded(size, 1) + " " + units[unit];
    }

    /// What `%.2f` gives, for numbers that are not long. The formatter would load the data of a locale, and decimals compute powers of theirs when they are first used: either
    /// takes longer than to train a small network.
    private static String rounded(double number, int digits) {
        long scale = 1;
        for (int i = 0; i < digits; i++) {
            scale *= 10;
        }
        long parts = Math.round(Math.abs(number) * scale);
        String text = Long.toString(parts + scale);
        String behind = text.substring(text.length() - digits);
        return (number < 0 ? "-" : "") + parts / scale + (digits == 0 ? "" : "." + behind);
    }
}

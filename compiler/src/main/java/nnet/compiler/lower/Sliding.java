package nnet.compiler.lower;

import nnet.compiler.tensor.Window;
import nnet.compiler.type.Dim;

/// Windows along one axis of an operand, as the loops of a kernel see them: in a box, a copy of a part of the operand with what is around it, position p and
/// tap t meet at `p + shift(t)` of phase `phase(t)`. With a stride the box holds each phase (elements 0, s, 2s, ... and 1, s + 1, ...) by itself, so that
/// neighbouring positions are neighbours in it.
///
/// @param position the label of the positions in the contraction
/// @param tap      the label of the taps, negative where there are none
/// @param window   its axis is not used
/// @param size     elements of the operand along the axis
/// @param band     positions that one box serves
record Sliding(int position, int tap, Window window, int size, int band) {

    /// An axis without windows: each position looks at its own element alone.
    static Sliding still(int position, int size) {
        return new Sliding(position, -1 - position, new Window(0, Dim.of(size), 1, 1, 1, 0, 1, false, 0), size, size);
    }

    boolean isWindow() {
        return tap >= 0;
    }

    Sliding withBand(int positions) {
        return new Sliding(position, tap, window, size, positions);
    }

    /// The same windows and those between them: a position is `stride` times as far.
    Sliding withoutStride() {
        int all = (positions() - 1) * stride() + 1;
        Window dense = new Window(window.axis(), Dim.of(all), taps(), 1, window.dilation(), window.offset(), 1, false, 0);
        return new Sliding(position, tap, dense, size, all);
    }

    int positions() {
        return window.positions().size();
    }

    int taps() {
        return window.taps();
    }

    int stride() {
        return window.stride();
    }

    int divisor() {
        return window.divisor();
    }

    /// Where the lowest tap of position 0 looks, before the division.
    int base() {
        return window.offset() + Math.min(0, (taps() - 1) * window.dilation());
    }

    /// The place of tap 0 behind the lowest tap.
    int first() {
        return -Math.min(0, (taps() - 1) * window.dilation());
    }

    /// Phases that any tap may look at: multiples of `step`.
    int phases() {
        return taps() == 1 ? 1 : stride() / step();
    }

    int step() {
        return gcd(stride(), Math.max(1, Math.abs(window.dilation())));
    }

    /// How far the highest tap of a phase lies behind the lowest.
    int reach() {
        return (taps() - 1) * Math.abs(window.dilation()) / stride();
    }

    /// The length of the box along this axis, for one phase.
    int box() {
        return band + reach();
    }

    /// The first place of a phase, counted from a band that begins at position 0, at which there is an element.
    int firstInside(int phase) {
        return Math.ceilDiv(-(phase * step() + base()), stride());
    }

    /// The place after the last one at which there is an element.
    int endInside(int phase) {
        return Math.floorDiv(size - 1 - phase * step() - base(), stride()) + 1;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}

package nnet.compiler.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// One array of a workspace in the making: who lies where in it, and when. All sizes are in multiples of the same symbols.
final class Slot {

    /// Elements that a storage takes, from a place on, while it is alive.
    private record Resident(int from, int to, Lifetime lifetime) {
    }

    private final int largest;
    /// By place.
    private final List<Resident> residents = new ArrayList<>();

    /// @param largest elements that it may have, unless a single storage has more
    Slot(int largest) {
        this.largest = largest;
    }

    /// The place for a storage: in the smallest gap between those that are alive at the same time, or behind them.
    OptionalInt place(int size, Lifetime lifetime) {
        int behind = 0;
        int best = -1;
        int narrowest = Integer.MAX_VALUE;
        for (Resident resident : residents) {
            if (resident.lifetime.overlaps(lifetime)) {
                int gap = resident.from - behind;
                if (gap >= size && gap < narrowest) {
                    narrowest = gap;
                    best = behind;
                }
                behind = Math.max(behind, resident.to);
            }
        }
        if (best >= 0) {
            return OptionalInt.of(best);
        }
        return behind == 0 || size <= largest - behind ? OptionalInt.of(behind) : OptionalInt.empty();
    }

    void add(int from, int size, Lifetime lifetime) {
        int index = residents.size();
        while (index > 0 && residents.get(index - 1).from > from) {
            index--;
        }
        residents.add(index, new Resident(from, from + size, lifetime));
    }
}

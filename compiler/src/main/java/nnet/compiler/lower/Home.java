package nnet.compiler.lower;

import nnet.compiler.loop.LoopProgram.Access;
import nnet.compiler.loop.LoopProgram.Argument;
import nnet.compiler.loop.LoopProgram.Repeat;
import nnet.compiler.loop.LoopProgram.Share;
import nnet.compiler.loop.LoopProgram.Storage;
import nnet.compiler.loop.Offset;
import nnet.compiler.type.Dim;

/// Where a value lies, row-major: in a storage, from an element on.
record Home(Storage storage, Offset offset) {

    static Home of(Storage storage) {
        return new Home(storage, Offset.ZERO);
    }

    /// So many elements further on.
    Home plus(Dim elements) {
        return new Home(storage, offset.plus(elements));
    }

    /// The element of a stack for the step of a loop.
    Home atStep(int depth, Dim element) {
        return plus(element.times(Dim.symbol(Repeat.step(depth))));
    }

    /// Its part that begins at the first of the rows that are shared.
    ///
    /// @param row the size of one
    Home atRow(Dim row) {
        return plus(row.times(Dim.symbol(Share.FIRST)));
    }

    Argument argument(Access access) {
        return new Argument(storage, offset, access);
    }
}

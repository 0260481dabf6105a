package nnet.compiler.expand;

import nnet.compiler.loop.Variable;
import nnet.compiler.type.ElementType;

/// Gives out variables that a kernel does not use yet.
final class Fresh {

    private int next;

    Fresh(int first) {
        next = first;
    }

    Variable variable(String name, ElementType type) {
        return new Variable(next++, name, type);
    }
}

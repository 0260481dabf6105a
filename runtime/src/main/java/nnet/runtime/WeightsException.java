package nnet.runtime;

import java.io.IOException;

/// A weights file that is damaged, or that belongs to another network. The message names the file and the place in it.
public final class WeightsException extends IOException {

    private static final long serialVersionUID = 1;

    public WeightsException(String message) {
        super(message);
    }
}

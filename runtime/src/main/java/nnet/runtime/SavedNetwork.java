package nnet.runtime;

import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.io.Serializable;

/// What Java serialisation writes of a network: its class by name, which the reading side has as well, and its weights.
record SavedNetwork(Class<?> type, float[] parameters, float[] states) implements Serializable {

    private static final long serialVersionUID = 1L;

    private Object readResolve() throws ObjectStreamException {
        if (type == null || parameters == null || states == null || !CompiledNetwork.class.isAssignableFrom(type)) {
            throw new InvalidObjectException("this is no network");
        }
        CompiledNetwork network = (CompiledNetwork) Network.create(type, 0);
        if (!network.replaceWeights(parameters, states)) {
            throw new InvalidObjectException("the network " + network.name() + " has other weights here than where it was written");
        }
        return network;
    }
}

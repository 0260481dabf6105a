package nnet.runtime;

/// Where a port lies in the workspaces of a program that has a form for each of several lengths of sequences.
final class Placement {

    private static final int UNUSED = -1;

    private final int[] storages;
    private final int[] sizes;

    Placement(Manifest manifest, Forms forms, Manifest.Port port) {
        storages = new int[forms.count()];
        sizes = new int[forms.count()];
        for (int form = 0; form < storages.length; form++) {
            Manifest.Program program = manifest.programs().get(forms.program(form));
            storages[form] = program.find(Manifest.Role.DATA, port.name()).orElse(UNUSED);
            sizes[form] = isUsed(form) ? program.storages().get(storages[form]).size().factor() : port.size();
        }
    }

    /// Whether the form reads or writes the port at all.
    boolean isUsed(int form) {
        return storages[form] != UNUSED;
    }

    /// The number of the storage, of a form that uses the port.
    int storage(int form) {
        return storages[form];
    }

    /// Elements of one example in it.
    int size(int form) {
        return sizes[form];
    }
}

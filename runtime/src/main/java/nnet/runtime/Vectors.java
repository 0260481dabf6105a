package nnet.runtime;

import java.util.Optional;

/// Which machine vectors kernels may use. Asked late, since it loads the vector module's classes.
///
/// Property `nnet.vector` = `scalar`, `128`, `256` or `512` forces a form. Otherwise it is that of the JVM's preferred species, and scalar where the module
/// `jdk.incubator.vector` is not there. Every form computes the same bits.
public final class Vectors {

    private static final String MODULE = "jdk.incubator.vector";

    /// A class of its own, since looking for a module takes a starting JVM long.
    private static final class Module {
        static final Optional<java.lang.Module> FOUND = ModuleLayer.boot().findModule(MODULE);
    }

    private Vectors() {
    }

    /// Lanes of the form that a property asks for, if any does; 1 means scalar.
    static Optional<Integer> forced() {
        String property = System.getProperty("nnet.vector");
        if (property == null) {
            return Optional.empty();
        }
        int lanes = switch (property) {
            case "scalar" -> 1;
            case "128" -> 4;
            case "256" -> 8;
            case "512" -> 16;
            default -> throw new IllegalArgumentException("property nnet.vector is '" + property + "'; it can be scalar, 128, 256 or 512");
        };
        if (lanes > 1 && !isPresent()) {
            throw new IllegalStateException(
                    "property nnet.vector asks for vectors, but the module is not there: start java with --add-modules " + MODULE);
        }
        return Optional.of(lanes);
    }

    /// Lanes of the vector form that this JVM uses in the end: what a property asks for, otherwise the preferred one; 1 for scalar.
    public static int ofThisMachine() {
        return forced().orElseGet(Vectors::preferred);
    }

    /// Begins to load the vector module's classes in the background, for those who will soon compute and have something else to do first.
    public static void prepare() {
        Thread thread = new Thread("nnet-vectors") {
            @Override
            public void run() {
                preferred();
            }
        };
        thread.setDaemon(true);
        thread.start();
    }

    static boolean isPresent() {
        return Module.FOUND.isPresent();
    }

    /// Whether a class may use vectors.
    static boolean isReadBy(Class<?> type) {
        return isPresent() && type.getModule().canRead(Module.FOUND.get());
    }

    /// Floats in a vector of the preferred species, as far as there are kernels for it: 4, 8 or 16; 1 for scalar.
    ///
    /// By reflection, so that this jar needs no incubator module at compile time or run time.
    static int preferred() {
        if (!isPresent()) {
            return 1;
        }
        try {
            Object species = Class.forName(MODULE + ".FloatVector").getField("SPECIES_PREFERRED").get(null);
            int lanes = (Integer) Class.forName(MODULE + ".VectorSpecies").getMethod("length").invoke(species);
            return lanes < 4 ? 1 : Math.min(lanes, 16);
        } catch (ReflectiveOperationException | LinkageError e) {
            return 1;
        }
    }
}

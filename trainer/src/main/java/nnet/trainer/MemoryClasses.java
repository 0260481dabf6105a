package nnet.trainer;

import java.util.Map;
import java.util.function.Supplier;

/// Loads classes that were compiled a moment ago and lie in memory, and others that are compiled when they are first needed.
public final class MemoryClasses extends ClassLoader {

    static {
        // While one thread waits for a class to be compiled, others go on loading theirs.
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> classes;
    private final Map<String, Supplier<byte[]>> later;

    /// @param classes class files by binary name
    public MemoryClasses(Map<String, byte[]> classes, ClassLoader parent) {
        this(classes, Map.of(), parent);
    }

    /// @param later how to make those that are not there yet; each is asked for once
    MemoryClasses(Map<String, byte[]> classes, Map<String, Supplier<byte[]>> later, ClassLoader parent) {
        super("nnc", parent);
        this.classes = Map.copyOf(classes);
        this.later = Map.copyOf(later);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null && later.containsKey(name)) {
            bytes = later.get(name).get();
        }
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }
}

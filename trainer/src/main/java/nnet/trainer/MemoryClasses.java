package nnet.trainer;

import java.util.Map;

/// Loads classes that were compiled a moment ago and lie in memory.
public final class MemoryClasses extends ClassLoader {

    private final Map<String, byte[]> classes;

    /// @param classes class files by binary name
    public MemoryClasses(Map<String, byte[]> classes, ClassLoader parent) {
        super("nnc", parent);
        this.classes = Map.copyOf(classes);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }
}

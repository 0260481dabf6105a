package nnet.trainer;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import nnet.compiler.Compiler;
import nnet.compiler.Texts;
import nnet.compiler.schedule.Target;
import nnet.compiler.source.Source;

/// Class files of earlier compilations, so that an unchanged network starts at once: one zip file for each, named by the hash of all that the classes are made
/// from, which includes the compiler itself.
///
/// It lies in `nnc` below `XDG_CACHE_HOME` or `~/.cache`; property `nnet.cache` names another folder, or is `off`. A file that cannot be read or written is
/// no mistake: the network is compiled anew.
final class ClassCache {

    /// Files that are kept, at most two for each network; the one unused for longest goes first.
    private static final int CAPACITY = 100;

    private final Optional<Path> folder;

    private ClassCache(Optional<Path> folder) {
        this.folder = folder;
    }

    static ClassCache in(Path folder) {
        return new ClassCache(Optional.of(folder));
    }

    static ClassCache ofUser() {
        String chosen = System.getProperty("nnet.cache", "");
        if (chosen.equals("off") || compiler().isEmpty()) {
            return new ClassCache(Optional.empty());
        }
        String root = System.getenv("XDG_CACHE_HOME");
        Path caches = root == null || root.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(root);
        return in(chosen.isEmpty() ? caches.resolve("nnc") : Path.of(chosen));
    }

    /// The jar of the compiler. While it is worked on it is a folder, and then nothing is cached.
    private static Optional<Path> compiler() {
        try {
            URL place = Compiler.class.getProtectionDomain().getCodeSource().getLocation();
            return Optional.of(Path.of(place.toURI())).filter(Files::isRegularFile);
        } catch (URISyntaxException | IllegalArgumentException | NullPointerException _) {
            return Optional.empty();
        }
    }

    /// The jars that decide what the compiler makes of a text: its own and those it may use. They are known by place, size and time, since reading them all would
    /// take longer than compiling a small network.
    private static List<Path> program() {
        List<Path> jars = new ArrayList<>();
        compiler().ifPresent(jars::add);
        for (String entry : (System.getProperty("java.class.path") + File.pathSeparator + System.getProperty("jdk.module.path", ""))
                .split(File.pathSeparator)) {
            if (entry.endsWith(".jar") && Files.isRegularFile(Path.of(entry))) {
                jars.add(Path.of(entry).toAbsolutePath());
            }
        }
        return jars;
    }

    /// Classes of a network, from the cache or from the compiler.
    ///
    /// @param part which of all that the text and the targets stand for
    Map<String, byte[]> classes(Texts texts, List<Target> targets, String part, Supplier<Map<String, byte[]>> compile) {
        if (folder.isEmpty()) {
            return compile.get();
        }
        try {
            Path file = folder.get().resolve(key(texts, targets, part) + ".zip");
            if (Files.exists(file)) {
                Map<String, byte[]> found = read(file);
                Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
                return found;
            }
            Map<String, byte[]> classes = compile.get();
            write(file, classes);
            return classes;
        } catch (IOException _) {
            return compile.get();
        }
    }

    private static String key(Texts texts, List<Target> targets, String part) throws IOException {
        StringBuilder all = new StringBuilder(Compiler.VERSION);
        for (Path jar : program()) {
            BasicFileAttributes attributes = Files.readAttributes(jar, BasicFileAttributes.class);
            all.append('\n').append(jar).append(' ').append(attributes.size()).append(' ').append(attributes.lastModifiedTime());
        }
        // Stack traces show the names of files, so they are in the classes.
        all.append('\n').append(texts.main().name()).append('\n').append(texts.main().text());
        all.append('\n').append(texts.network().orElse(""));
        texts.imports().forEach(source -> all.append('\n').append(source.name()).append('\n').append(source.text()));
        new TreeMap<>(texts.overrides()).forEach((name, value) -> all.append('\n').append(name).append('=').append(value));
        texts.stdlib().forEach(source -> all.append('\n').append(source.name()).append(' ').append(checksum(source)));
        targets.forEach(target -> all.append('\n').append(target.name()));
        all.append('\n').append(part);
        return Hashes.hash(all.toString());
    }

    /// The library lies in one of the jars, so this tells only those apart who work on it. SHA-256 of it would take a starting JVM longer than loading a small network.
    private static long checksum(Source source) {
        CRC32 checksum = new CRC32();
        checksum.update(source.text().getBytes(StandardCharsets.UTF_8));
        return checksum.getValue();
    }

    private static Map<String, byte[]> read(Path file) throws IOException {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                zip.transferTo(bytes);
                classes.put(entry.getName(), bytes.toByteArray());
            }
        }
        if (classes.isEmpty()) {
            throw new IOException(file + ": is damaged");
        }
        return classes;
    }

    private void write(Path file, Map<String, byte[]> classes) {
        try {
            Files.createDirectories(file.getParent());
            Path draft = Files.createTempFile(file.getParent(), "nnc", ".part");
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(draft))) {
                for (Map.Entry<String, byte[]> type : classes.entrySet()) {
                    zip.putNextEntry(new ZipEntry(type.getKey()));
                    zip.write(type.getValue());
                    zip.closeEntry();
                }
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            prune(file.getParent());
        } catch (IOException _) {
            // A full or read-only disk must not keep anybody from training.
        }
    }

    private static void prune(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path old : files.sorted(Comparator.comparing(ClassCache::age).reversed()).skip(CAPACITY).toList()) {
                Files.deleteIfExists(old);
            }
        }
    }

    private static long age(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException _) {
            return 0;
        }
    }
}

package nnet.trainer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import nnet.compiler.Texts;
import nnet.compiler.source.Source;

/// SHA-256 of what networks and trainings are made from.
public final class Hashes {

    /// More files of data than these are told with one hash.
    private static final int FEW_FILES = 8;

    private Hashes() {
    }

    /// Of the source, its imports and the files of data, by the names that a user knows them by.
    static Map<String, String> of(Texts texts, List<Path> data) throws IOException {
        Map<String, String> hashes = new LinkedHashMap<>();
        hashes.put(fileName(texts.main()), hash(texts.main().text()));
        for (Source source : texts.imports()) {
            hashes.put(fileName(source), hash(source.text()));
        }
        if (data.size() > FEW_FILES) {
            hashes.put(data.size() + " files of data", together(data));
        } else {
            for (Path file : data) {
                hashes.merge(file.getFileName().toString(), hash(file), (one, other) -> hash(one + other));
            }
        }
        return hashes;
    }

    /// One hash of many files, by their folders and names: images of two classes may have the same name.
    private static String together(List<Path> files) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : files) {
            Path folder = file.toAbsolutePath().getParent().getFileName();
            all.append(folder).append('/').append(file.getFileName()).append(' ').append(hash(file)).append('\n');
        }
        return hash(all.toString());
    }

    /// One hash of everything that decides the result of a training: sources, library, data, overrides. The files are read now, while they are what is trained with; the
    /// texts, of which the library is long, when the hash is asked for.
    public static Supplier<String> fingerprint(Texts texts, List<Path> data) throws IOException {
        StringBuilder files = new StringBuilder();
        for (Path file : data) {
            files.append(hash(file)).append('\n');
        }
        return () -> hash(fingerprint(texts) + files);
    }

    /// One hash of everything that the classes of a network are made from, without the compiler.
    public static String fingerprint(Texts texts) {
        StringBuilder all = new StringBuilder();
        texts.all().forEach(source -> all.append(hash(source.text())).append('\n'));
        texts.network().ifPresent(name -> all.append("network ").append(name).append('\n'));
        new TreeMap<>(texts.overrides()).forEach((name, value) -> all.append(name).append('=').append(value).append('\n'));
        return hash(all.toString());
    }

    private static String fileName(Source source) {
        return Path.of(source.name()).getFileName().toString();
    }

    public static String hash(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    public static String hash(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}

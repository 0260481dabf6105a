package nnet.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import nnet.compiler.source.Source;

/// What a compilation reads: all of it is text, given by the caller, since the compiler opens no files.
///
/// @param main      the file with the network
/// @param imports   files that it may import
/// @param stdlib    the standard library
/// @param overrides values for constants and recipe settings by name, as expressions
/// @param offers    what the file could import as well; asked for only where a message may suggest it
public record Texts(Source main, List<Source> imports, List<Source> stdlib, Map<String, String> overrides, Supplier<List<Source>> offers) {

    public Texts {
        imports = List.copyOf(imports);
        stdlib = List.copyOf(stdlib);
        overrides = Map.copyOf(overrides);
    }

    /// Texts that no message suggests imports for.
    public Texts(Source main, List<Source> imports, List<Source> stdlib, Map<String, String> overrides) {
        this(main, imports, stdlib, overrides, List::of);
    }

    /// All files that are compiled, the main one first.
    public List<Source> all() {
        return Stream.of(List.of(main), imports, stdlib).flatMap(List::stream).toList();
    }

    /// Everything in which the names of library declarations can stand.
    List<String> words() {
        List<String> words = new ArrayList<>(overrides.values());
        words.add(main.text());
        imports.forEach(file -> words.add(file.text()));
        return words;
    }
}

package nnet.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nnet.compiler.source.Source;

/// What a compilation reads: all of it is text, given by the caller, since the compiler opens no files.
///
/// @param main      the file with the network
/// @param imports   files that it may import
/// @param stdlib    the standard library
/// @param overrides values for constants and recipe settings by name, as expressions
public record Texts(Source main, List<Source> imports, List<Source> stdlib, Map<String, String> overrides) {

    public Texts {
        imports = List.copyOf(imports);
        stdlib = List.copyOf(stdlib);
        overrides = Map.copyOf(overrides);
    }

    /// All files, the main one first.
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

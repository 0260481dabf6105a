package nnet.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nnet.compiler.source.Source;

/// What a compilation reads: all of it is text, given by the caller, since the compiler opens no files.
///
/// @param main      the file with the network
/// @param imports   files that it may import
/// @param library   the standard library
/// @param overrides values for constants and recipe settings by name, as expressions
public record Texts(Source main, List<Source> imports, List<Source> library, Map<String, String> overrides) {

    public Texts {
        imports = List.copyOf(imports);
        library = List.copyOf(library);
        overrides = Map.copyOf(overrides);
    }

    /// Everything in which the names of library declarations can stand.
    List<String> words() {
        List<String> words = new ArrayList<>(overrides.values());
        words.add(main.text());
        imports.forEach(file -> words.add(file.text()));
        return words;
    }
}

package nnet.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import nnet.compiler.parse.Parsed;
import nnet.compiler.parse.Parser;
import nnet.compiler.source.Source;
import nnet.compiler.syntax.Declaration;

/// What a compilation reads: all of it is text, given by the caller, since the compiler opens no files.
///
/// @param main      the file with the network
/// @param imports   files that it may import
/// @param stdlib    the standard library
/// @param network   which of the networks of `main` is meant; absent: the only one
/// @param overrides values for constants and recipe settings by name, as expressions
/// @param offers    what the file could import as well; asked for only where a message may suggest it
public record Texts(Source main, Optional<String> network, List<Source> imports, List<Source> stdlib, Map<String, String> overrides,
        Supplier<List<Source>> offers) {

    private static final String NETWORK = "network";

    public Texts {
        imports = List.copyOf(imports);
        stdlib = List.copyOf(stdlib);
        overrides = Map.copyOf(overrides);
    }

    /// Texts that no message suggests imports for.
    public Texts(Source main, List<Source> imports, List<Source> stdlib, Map<String, String> overrides) {
        this(main, Optional.empty(), imports, stdlib, overrides, List::of);
    }

    /// The same, of which one network is meant.
    public Texts of(String name) {
        return new Texts(main, Optional.of(name), imports, stdlib, overrides, offers);
    }

    /// The same once for each network of the file, in their order.
    public List<Texts> each() {
        List<String> names = networks();
        return names.size() < 2 ? List.of(this) : names.stream().map(this::of).toList();
    }

    /// The same, of which the only network with a recipe is meant, where the file declares several and none is named.
    public Texts trained() {
        List<String> names = network.isPresent() ? List.of() : networks();
        List<String> trained = names.size() < 2
                ? List.of()
                : declared(Declaration.Train.class).map(recipe -> recipe.network().text()).filter(names::contains).distinct().toList();
        return trained.size() == 1 ? of(trained.getFirst()) : this;
    }

    /// The names of all networks of the file. Most files have one, for which nothing needs to be read: then, and where the text has mistakes, there are no names here.
    private List<String> networks() {
        return main.text().indexOf(NETWORK) == main.text().lastIndexOf(NETWORK)
                ? List.of()
                : declared(Declaration.Network.class).map(one -> one.name().text()).distinct().toList();
    }

    private <D extends Declaration> Stream<D> declared(Class<D> kind) {
        Parsed parsed = Parser.parse(main);
        return parsed.hasErrors() ? Stream.of() : parsed.file().declarations().stream().filter(kind::isInstance).map(kind::cast);
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

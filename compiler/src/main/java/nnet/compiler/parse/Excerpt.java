package nnet.compiler.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nnet.compiler.source.Source;

/// The parts of a library that some texts can mean: the declarations whose names occur in them, those whose names occur in these, and so on. Reading only
/// these makes the time of a compilation depend on what a network uses, not on how much the library has to offer.
///
/// Every word counts as a name, so the excerpt holds too much rather than too little. A name that is missing all the same, since a library file is not laid out as
/// `Outline` expects, is a mistake in the excerpt that is none in the whole: who gets mistakes from an excerpt therefore asks the whole library.
public final class Excerpt {

    private final List<List<Outline.Part>> files;
    private final Map<String, List<Outline.Part>> declarations = new HashMap<>();
    private final Set<Outline.Part> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<String> seen = new HashSet<>();
    private final Deque<String> open = new ArrayDeque<>();

    private Excerpt(List<Source> library) {
        files = library.stream().map(Outline::of).toList();
        files.forEach(parts -> parts.forEach(
                part -> part.name().ifPresent(name -> declarations.computeIfAbsent(name, _ -> new ArrayList<>()).add(part))));
    }

    /// The library files as far as `texts` can mean them; a file of which nothing is meant is absent.
    public static List<Parsed> of(List<Source> library, List<String> texts) {
        Excerpt excerpt = new Excerpt(library);
        texts.forEach(text -> excerpt.use(text, 0, text.length()));
        while (!excerpt.open.isEmpty()) {
            excerpt.keep(excerpt.open.pop());
        }
        return excerpt.files.stream().filter(parts -> parts.stream().anyMatch(excerpt.kept::contains)).map(excerpt::parse).toList();
    }

    private void use(String text, int start, int end) {
        Words.each(text, start, end, word -> {
            if (declarations.containsKey(word) && seen.add(word)) {
                open.push(word);
            }
        });
    }

    private void keep(String name) {
        for (Outline.Part part : declarations.get(name)) {
            kept.add(part);
            use(part.source().text(), part.start(), part.end());
        }
    }

    private Parsed parse(List<Outline.Part> parts) {
        return Parser.parse(parts.getFirst().source(),
                parts.stream().filter(part -> part.name().isEmpty() || kept.contains(part)).toList());
    }
}

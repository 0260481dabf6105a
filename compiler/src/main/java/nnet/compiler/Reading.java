package nnet.compiler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.check.Checked;
import nnet.compiler.check.Checker;
import nnet.compiler.check.Sources;
import nnet.compiler.parse.Excerpt;
import nnet.compiler.parse.Parsed;
import nnet.compiler.parse.Parser;
import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.Source;
import nnet.compiler.syntax.SourceFile;

/// From texts to a checked model, with as little of the standard library as that needs.
record Reading(Journey journey) {

    /// A network without mistakes needs of the library what it names; what is said about mistakes also knows the rest.
    Checked check(Texts texts) {
        List<Diagnostic> mistakes = new ArrayList<>();
        SourceFile main = parse(texts.main(), mistakes);
        List<SourceFile> imports = texts.imports().stream().map(source -> parse(source, mistakes)).toList();
        if (!mistakes.isEmpty()) {
            return new Checked(Optional.empty(), mistakes);
        }
        List<Parsed> excerpt = journey.pass("parse", "stdlib", () -> Excerpt.of(texts.stdlib(), texts.words()));
        Checked checked = check(texts, main, imports, excerpt);
        return checked.diagnostics().isEmpty()
                ? checked
                : check(texts, main, withOffers(imports, texts), texts.stdlib().stream().map(this::parse).toList());
    }

    private List<SourceFile> withOffers(List<SourceFile> imports, Texts texts) {
        Map<String, SourceFile> all = new LinkedHashMap<>();
        imports.forEach(file -> all.put(file.source().name(), file));
        texts.offers().get().forEach(source -> all.computeIfAbsent(source.name(), _ -> parse(source).file()));
        return List.copyOf(all.values());
    }

    private Checked check(Texts texts, SourceFile main, List<SourceFile> imports, List<Parsed> stdlib) {
        List<Diagnostic> mistakes = stdlib.stream().flatMap(file -> file.diagnostics().stream()).toList();
        if (!mistakes.isEmpty()) {
            return new Checked(Optional.empty(), mistakes);
        }
        Sources sources = new Sources(main, imports, stdlib.stream().map(Parsed::file).toList(), texts.network());
        return journey.pass("check", texts.main().name(), () -> Checker.check(sources, texts.overrides()));
    }

    private SourceFile parse(Source source, List<Diagnostic> mistakes) {
        Parsed parsed = parse(source);
        mistakes.addAll(parsed.diagnostics());
        return parsed.file();
    }

    private Parsed parse(Source source) {
        return journey.pass("parse", source.name(), () -> Parser.parse(source));
    }
}

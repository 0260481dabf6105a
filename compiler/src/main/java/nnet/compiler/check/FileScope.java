package nnet.compiler.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration;
import nnet.compiler.syntax.SourceFile;

/// The names that every declaration of a file can see: the file's own, those that it imports, and those of the standard library, in this order.
///
/// One name may stand for several definitions of different kinds (`constant` is an initialiser and a schedule); the place decides which is meant.
final class FileScope {

    /// A declaration and the file whose names it sees.
    record Found(Declaration declaration, FileScope home) {
    }

    private final SourceFile file;
    private final Map<String, List<Found>> own = new LinkedHashMap<>();
    private final List<Map<String, List<Found>>> outer = new ArrayList<>();
    /// Where names could be imported from that cannot be seen.
    private final Map<String, String> offers = new HashMap<>();
    /// Names that an import should have brought.
    private final Set<String> missed = new HashSet<>();
    private final Map<String, Datum> constants = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();

    FileScope(SourceFile file, Report report) {
        this.file = file;
        for (Declaration declaration : file.declarations()) {
            name(declaration).ifPresent(name -> {
                List<Found> sameName = own.computeIfAbsent(name.text(), _ -> new ArrayList<>());
                sameName.stream().filter(other -> sameKind(other.declaration(), declaration)).findFirst().ifPresent(other -> report
                        .add(new NameProblem.Twice(name.span(), name(other.declaration()).orElseThrow().span(), "name", name.text())));
                sameName.add(new Found(declaration, this));
            });
        }
    }

    SourceFile file() {
        return file;
    }

    /// The names that a text written by the compiler sees: its own and those of the standard library, which is seen last.
    FileScope written(SourceFile text, Report report) {
        FileScope scope = new FileScope(text, report);
        scope.see(outer.getLast());
        return scope;
    }

    Map<String, List<Found>> own() {
        return own;
    }

    void see(Map<String, List<Found>> names) {
        outer.add(names);
    }

    void offer(String name, String path) {
        offers.putIfAbsent(name, path);
    }

    /// A name that an import should have brought: that has been said.
    void miss(String name) {
        missed.add(name);
    }

    boolean hasMissed(String name) {
        return missed.contains(name);
    }

    /// What could be imported to see a name.
    Optional<String> offer(String name) {
        return Optional.ofNullable(offers.get(name));
    }

    /// All declarations of that name, the nearest first.
    List<Found> find(String name) {
        List<Found> found = new ArrayList<>(own.getOrDefault(name, List.of()));
        outer.forEach(names -> found.addAll(names.getOrDefault(name, List.of())));
        return found;
    }

    Collection<String> known() {
        Set<String> names = new LinkedHashSet<>(own.keySet());
        outer.forEach(more -> names.addAll(more.keySet()));
        names.addAll(Builtin.names());
        return names;
    }

    /// The value of a constant, evaluated once.
    Datum constant(String name, Span span, Report report, Supplier<Datum> evaluation) {
        Datum known = constants.get(name);
        if (known != null) {
            return known;
        }
        if (!underWay.add(name)) {
            return report.add(new NameProblem.Circular(span, name));
        }
        Datum value = evaluation.get();
        underWay.remove(name);
        constants.put(name, value);
        return value;
    }

    /// The name by which other declarations know this one; a `train` block has none.
    static Optional<Declaration.Name> name(Declaration declaration) {
        return switch (declaration) {
            case Declaration.Network network -> Optional.of(network.name());
            case Declaration.Definition definition -> Optional.of(definition.name());
            case Declaration.Constant constant -> Optional.of(constant.name());
            case Declaration.Enumeration enumeration -> Optional.of(enumeration.name());
            case Declaration.Row row -> Optional.of(row.name());
            case Declaration.Train _ -> Optional.empty();
        };
    }

    private static boolean sameKind(Declaration first, Declaration second) {
        boolean bothDefine = first instanceof Declaration.Definition && second instanceof Declaration.Definition;
        return !bothDefine || ((Declaration.Definition) first).kind() == ((Declaration.Definition) second).kind();
    }
}

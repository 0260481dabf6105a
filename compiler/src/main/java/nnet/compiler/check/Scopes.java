package nnet.compiler.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nnet.compiler.check.FileScope.Found;
import nnet.compiler.syntax.SourceFile;

/// Which file sees which names: every file its own, those it imports, those of its package's other files by import only, and the standard library.
record Scopes(Report report) {

    FileScope of(Sources sources) {
        Map<String, List<Found>> library = new LinkedHashMap<>();
        List<FileScope> libraryFiles = sources.stdlib().stream().map(file -> new FileScope(file, report)).toList();
        libraryFiles
                .forEach(file -> file.own().forEach((name, found) -> library.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(found)));
        List<FileScope> importable = sources.imports().stream().map(file -> new FileScope(file, report)).toList();
        FileScope main = new FileScope(sources.main(), report);
        List<FileScope> all = new ArrayList<>(importable);
        all.add(main);
        all.forEach(file -> see(file, importable));
        all.forEach(file -> importable.forEach(other -> offer(file, other)));
        all.forEach(file -> file.see(library));
        libraryFiles.forEach(file -> file.see(library));
        return main;
    }

    private void see(FileScope file, List<FileScope> importable) {
        for (SourceFile.Import wanted : file.file().imports()) {
            Map<String, List<Found>> names = new LinkedHashMap<>();
            List<String> known = new ArrayList<>();
            for (FileScope other : importable) {
                String prefix = other.file().packageName().map(name -> name + ".").orElse("");
                known.add(prefix + "*");
                other.own().forEach((name, found) -> {
                    known.add(prefix + name);
                    if (wanted.path().equals(prefix + "*") || wanted.path().equals(prefix + name)) {
                        names.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(found);
                    }
                });
            }
            if (names.isEmpty()) {
                report.add(new NameProblem.UnknownImport(wanted.span(), wanted.path(), known));
                file.miss(wanted.path().substring(wanted.path().lastIndexOf('.') + 1));
            }
            file.see(names);
        }
    }

    private static void offer(FileScope file, FileScope other) {
        other.file().packageName().ifPresent(name -> other.own().keySet().forEach(own -> file.offer(own, name + "." + own)));
    }
}

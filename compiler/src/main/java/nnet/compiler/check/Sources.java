package nnet.compiler.check;

import java.util.List;
import nnet.compiler.syntax.SourceFile;

/// What one check sees: the file itself, the files that it may import, and the standard library.
public record Sources(SourceFile main, List<SourceFile> imports, List<SourceFile> stdlib) {
    public Sources {
        imports = List.copyOf(imports);
        stdlib = List.copyOf(stdlib);
    }
}

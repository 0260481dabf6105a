package nnet.compiler.check;

import java.util.List;
import java.util.Optional;
import nnet.compiler.syntax.SourceFile;

/// What one check sees: the file itself, the files that it may import, and the standard library.
///
/// @param network which of the networks of the file is meant; absent: the only one
public record Sources(SourceFile main, List<SourceFile> imports, List<SourceFile> stdlib, Optional<String> network) {
    public Sources {
        imports = List.copyOf(imports);
        stdlib = List.copyOf(stdlib);
    }

    /// Of a file with one network.
    public Sources(SourceFile main, List<SourceFile> imports, List<SourceFile> stdlib) {
        this(main, imports, stdlib, Optional.empty());
    }
}

package nnet.compiler.syntax;

import java.util.List;
import java.util.Optional;
import nnet.compiler.source.Source;
import nnet.compiler.source.Span;

/// A parsed `.nnet` file: `package samples.xor`, `import samples.common.*` or `import samples.common.Block`, declarations.
public record SourceFile(Source source, Optional<String> packageName, List<Import> imports, List<Declaration> declarations) {

    public record Import(Span span, String path) {
    }

    public SourceFile {
        imports = List.copyOf(imports);
        declarations = List.copyOf(declarations);
    }
}

package nnet.compiler.parse;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nnet.compiler.syntax.Block;
import nnet.compiler.syntax.Declaration;
import nnet.compiler.syntax.Declaration.Constant;
import nnet.compiler.syntax.Declaration.Definition;
import nnet.compiler.syntax.Declaration.Enumeration;
import nnet.compiler.syntax.Declaration.Kind;
import nnet.compiler.syntax.Declaration.Network;
import nnet.compiler.syntax.Declaration.Parameter;
import nnet.compiler.syntax.Declaration.Row;
import nnet.compiler.syntax.Declaration.Setting;
import nnet.compiler.syntax.Declaration.Train;
import nnet.compiler.syntax.Expression;
import nnet.compiler.syntax.SourceFile;
import nnet.compiler.syntax.SourceFile.Import;
import nnet.compiler.syntax.Statement;
import nnet.grammar.NnetParser.ConstantContext;
import nnet.grammar.NnetParser.DeclarationContext;
import nnet.grammar.NnetParser.DefinitionContext;
import nnet.grammar.NnetParser.EncodingContext;
import nnet.grammar.NnetParser.EnumerationContext;
import nnet.grammar.NnetParser.FieldContext;
import nnet.grammar.NnetParser.FileContext;
import nnet.grammar.NnetParser.ImportClauseContext;
import nnet.grammar.NnetParser.MemberContext;
import nnet.grammar.NnetParser.NetworkContext;
import nnet.grammar.NnetParser.ParametersContext;
import nnet.grammar.NnetParser.ResultsContext;
import nnet.grammar.NnetParser.RowContext;
import nnet.grammar.NnetParser.TrainContext;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTree;

/// Parse tree -> syntax, for files and declarations.
final class DeclarationReader {

    private final Places places;
    private final ExpressionReader expressions;
    private final StatementReader statements;

    DeclarationReader(Places places) {
        this.places = places;
        this.expressions = new ExpressionReader(places);
        this.statements = expressions.statements();
    }

    SourceFile file(FileContext file) {
        Optional<String> packageName = Optional.ofNullable(file.packageClause()).filter(DeclarationReader::isWhole)
                .map(p -> p.path().getText());
        List<Import> imports = file.importClause().stream().filter(DeclarationReader::isWhole).map(this::importClause).toList();
        List<Declaration> declarations = file.declaration().stream().filter(DeclarationReader::isWhole).map(this::declaration).toList();
        return new SourceFile(places.source(), packageName, imports, declarations);
    }

    /// Whether the parser read all of it without a mistake.
    private static boolean isWhole(ParseTree tree) {
        if (tree instanceof ErrorNode || tree instanceof ParserRuleContext context && context.exception != null) {
            return false;
        }
        for (int i = 0; i < tree.getChildCount(); i++) {
            if (!isWhole(tree.getChild(i))) {
                return false;
            }
        }
        return true;
    }

    private Import importClause(ImportClauseContext context) {
        return new Import(places.span(context), context.path().getText() + (context.DOT_STAR() == null ? "" : ".*"));
    }

    private Declaration declaration(DeclarationContext context) {
        Optional<String> doc = places.doc(context);
        return switch (context.getChild(0)) {
            case NetworkContext network -> network(network, doc);
            case DefinitionContext definition -> definition(definition, doc);
            case TrainContext train -> train(train, doc);
            case ConstantContext constant ->
                new Constant(places.span(constant), doc, places.name(constant.name()), expressions.read(constant.expression()));
            case EnumerationContext enumeration -> enumeration(enumeration, doc);
            case RowContext row -> row(row, doc);
            case ParseTree other -> throw new IllegalStateException("no declaration: " + other.getText());
        };
    }

    private Network network(NetworkContext context, Optional<String> doc) {
        return new Network(places.span(context), doc, places.name(context.name()), parameters(context.parameters()),
                results(context.results()),
                statements.block(context.block()));
    }

    private Definition definition(DefinitionContext context, Optional<String> doc) {
        Kind kind = Kind.valueOf(context.kind().getText().toUpperCase(Locale.ROOT));
        List<ParametersContext> pairs = context.parameters();
        return new Definition(places.span(context), doc, kind, places.name(context.name()),
                pairs.size() == 1 ? List.of() : parameters(pairs.getFirst()),
                parameters(pairs.getLast()), results(context.results()), body(context));
    }

    /// `= expression` is a block of that expression alone.
    private Block body(DefinitionContext context) {
        if (context.block() != null) {
            return statements.block(context.block());
        }
        Expression value = expressions.read(context.expression());
        return new Block(value.span(), List.of(new Statement.Evaluate(value.span(), value)));
    }

    private List<Parameter> parameters(ParametersContext context) {
        return context.parameter().stream().map(p -> new Parameter(places.span(p), Optional.of(places.name(p.name())),
                Optional.ofNullable(p.type()).map(expressions::type), Optional.ofNullable(p.expression()).map(expressions::read))).toList();
    }

    private List<Parameter> results(ResultsContext context) {
        if (context == null) {
            return List.of();
        }
        return context.result().stream().map(r -> new Parameter(places.span(r), Optional.ofNullable(r.name()).map(places::name),
                Optional.of(expressions.type(r.type())), Optional.empty())).toList();
    }

    private Train train(TrainContext context, Optional<String> doc) {
        List<Setting> settings = context.setting().stream()
                .map(s -> new Setting(places.span(s), places.name(s.name()), expressions.read(s.expression()))).toList();
        return new Train(places.span(context), doc, places.name(context.name()), settings);
    }

    private Enumeration enumeration(EnumerationContext context, Optional<String> doc) {
        return new Enumeration(places.span(context), doc, places.name(context.name()),
                context.member().stream().map(this::member).toList());
    }

    private Enumeration.Member member(MemberContext context) {
        return new Enumeration.Member(places.span(context), places.doc(context), places.name(context.name()),
                context.STRING().stream().map(text -> expressions.unescape(text.getSymbol())).toList());
    }

    private Row row(RowContext context, Optional<String> doc) {
        return new Row(places.span(context), doc, places.name(context.name()), context.field().stream().map(this::field).toList());
    }

    private Row.Field field(FieldContext context) {
        return new Row.Field(places.span(context), places.doc(context), places.names(context.name()), expressions.type(context.type()),
                context.encoding().stream().map(this::encoding).toList());
    }

    private Expression encoding(EncodingContext context) {
        Expression name = new Expression.Reference(places.span(context.name()), places.name(context.name()));
        return context.arguments() == null
                ? name
                : new Expression.Call(places.span(context), name, expressions.arguments(context.arguments().argument()));
    }
}

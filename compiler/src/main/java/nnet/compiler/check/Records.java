package nnet.compiler.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nnet.compiler.model.Enumeration;
import nnet.compiler.model.JavaWords;
import nnet.compiler.model.Meaning;
import nnet.compiler.model.Row;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration;
import nnet.compiler.syntax.Declaration.Name;
import nnet.compiler.syntax.TypeExpression.Tensor;

/// What the declared records and enums mean.
final class Records {

    /// Classes that a network has inside its own, and those that its text names.
    private static final Set<String> RESERVED = Set.of("Prediction", "Trainer", "Code", "Scalar", "Vector128", "Vector256", "Vector512",
            "CompiledNetwork", "NetworkCode", "Raw", "Workers", "Path", "IOException", "Integer", "Boolean", "String", "Override",
            "SuppressWarnings");
    /// The constructor of a Java record takes at most 255 values, itself being one.
    private static final int MOST_FIELDS = 254;
    /// The constants of a Java enum are made in one method, which has at most 64 KB.
    private static final int MOST_MEMBERS = 2_000;
    private static final Set<String> NUMBERS = Set.of("real", "f32", "int", "bool");

    private final Evaluator evaluator;

    Records(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /// The record or enum of that name; empty where there is none, or where it is mistaken, which has then been reported.
    Optional<Meaning> find(String name, FileScope file) {
        for (FileScope.Found found : file.find(name)) {
            switch (found.declaration()) {
                case Declaration.Enumeration enumeration -> {
                    return enumeration(enumeration).map(one -> one);
                }
                case Declaration.Row row -> {
                    return row(row, found.home()).map(one -> one);
                }
                case Declaration.Network _,Declaration.Definition _,Declaration.Train _,Declaration.Constant _ -> {
                }
            }
        }
        return Optional.empty();
    }

    /// Looks at every record and enum of a file, used or not.
    void checkAll(FileScope file) {
        file.own().keySet().stream().filter(name -> isDeclared(name, file)).forEach(name -> find(name, file));
    }

    private Optional<Enumeration> enumeration(Declaration.Enumeration declared) {
        boolean isSound = isFree(declared.name())
                && isFilled(declared.name(), declared.members().size(), "an enum", "members", MOST_MEMBERS);
        Map<String, Span> names = new LinkedHashMap<>();
        Map<String, Span> texts = new LinkedHashMap<>();
        List<Enumeration.Member> members = new ArrayList<>();
        for (Declaration.Enumeration.Member member : declared.members()) {
            List<String> written = member.texts().isEmpty() ? List.of(member.name().text()) : member.texts();
            isSound &= isNew(names, member.name().text(), member.name().span(), "member");
            for (String text : written) {
                isSound &= isNew(texts, text, member.span(), "text") & isPlain(text, member.span());
            }
            members.add(new Enumeration.Member(member.name().text(), member.doc(), written));
        }
        return isSound
                ? Optional.of(new Enumeration(declared.name().text(), declared.doc(), members, declared.name().span()))
                : Optional.empty();
    }

    private Optional<Row> row(Declaration.Row declared, FileScope home) {
        boolean isSound = isFree(declared.name()) && isFilled(declared.name(),
                declared.fields().stream().mapToInt(field -> field.names().size()).sum(), "a record", "fields", MOST_FIELDS);
        Map<String, Span> names = new LinkedHashMap<>();
        List<Row.Field> fields = new ArrayList<>();
        for (Declaration.Row.Field field : declared.fields()) {
            Optional<Row.Kind> type = kind(field, home);
            Optional<Encodings.Encoded> encoded = type.flatMap(kind -> new Encodings(evaluator, home).of(field, kind));
            isSound &= encoded.isPresent();
            for (Name name : field.names()) {
                isSound &= isNew(names, name.text(), name.span(), "field");
                encoded.ifPresent(one -> fields.add(new Row.Field(name.text(), field.doc(), one.kind(), one.missing(), name.span())));
            }
        }
        return isSound ? Optional.of(new Row(declared.name().text(), declared.doc(), fields, declared.name().span())) : Optional.empty();
    }

    /// The type of a field, not yet encoded.
    private Optional<Row.Kind> kind(Declaration.Row.Field field, FileScope home) {
        Tensor type = (Tensor) field.type();
        String element = type.element().map(Name::text).orElse("");
        if (type.shape().isPresent() || element.isEmpty()) {
            evaluator.report().add(new KindProblem.Expected(type.span(), "a field of a record", "one value", "a tensor",
                    "a network may take tensors beside a record: network Net(row: Row, image: [28, 28])"));
            return Optional.empty();
        }
        return switch (element) {
            case "real", "f32" -> Optional.of(number(Row.NumberType.REAL));
            case "int" -> Optional.of(number(Row.NumberType.INT));
            case "bool" -> Optional.of(number(Row.NumberType.BOOL));
            case "category" ->
                evaluator.sizes().categories(type, Scope.of(home)).map(size -> new Row.Category(size, Optional.empty(), 0));
            default -> named(type, element, home);
        };
    }

    private Optional<Row.Kind> named(Tensor type, String element, FileScope home) {
        for (FileScope.Found found : home.find(element)) {
            if (found.declaration() instanceof Declaration.Enumeration enumeration) {
                return enumeration(enumeration).map(names -> new Row.Category(names.members().size(), Optional.of(names), 0));
            }
            if (found.declaration() instanceof Declaration.Row) {
                evaluator.report().add(new RuleProblem.Misplaced(type.span(), "the record `" + element + "`", "as a field of another",
                        "write its fields here"));
                return Optional.empty();
            }
        }
        Set<String> known = Stream.concat(Stream.concat(NUMBERS.stream(), Stream.of("category")),
                home.own().keySet().stream().filter(name -> isDeclared(name, home))).collect(Collectors.toCollection(TreeSet::new));
        evaluator.report().add(new NameProblem.Unknown(type.element().get().span(), "", "type of a field", element, known));
        return Optional.empty();
    }

    private static Row.Number number(Row.NumberType type) {
        return new Row.Number(type, false, Row.Scaling.NONE);
    }

    /// Whether a name is that of a record or enum.
    static boolean isDeclared(String name, FileScope file) {
        return file.find(name).stream().anyMatch(
                found -> found.declaration() instanceof Declaration.Row || found.declaration() instanceof Declaration.Enumeration);
    }

    private boolean isFree(Name name) {
        if (RESERVED.contains(name.text())) {
            evaluator.report().add(new RuleProblem.Misplaced(name.span(), "`" + name.text() + "`", "as the name of a record or enum",
                    "the compiler uses this name itself"));
        }
        ClassNames.check(evaluator.report(), name);
        return !RESERVED.contains(name.text()) && !JavaWords.ALL.contains(name.text());
    }

    private boolean isFilled(Name name, int size, String what, String parts, int most) {
        if (size == 0) {
            evaluator.report().add(new KindProblem.Expected(name.span(), what, "a list of " + parts, "empty", ""));
        } else if (size > most) {
            String remedy = parts.equals("fields")
                    ? "a network may take several records, and tensors beside them"
                    : "category(" + size + ") has no names, and no limit";
            evaluator.report().add(new KindProblem.Expected(name.span(), what, "a list of at most " + most + " " + parts
                    + ", since Java has no larger ones", "one of " + size, remedy));
        }
        return size > 0 && size <= most;
    }

    private boolean isNew(Map<String, Span> known, String name, Span span, String what) {
        Span first = known.putIfAbsent(name, span);
        if (first != null) {
            evaluator.report().add(new NameProblem.Twice(span, first, what, name));
        }
        return first == null;
    }

    private boolean isPlain(String text, Span span) {
        boolean isPlain = text.chars().noneMatch(Character::isISOControl) && text.equals(text.strip());
        if (!isPlain) {
            evaluator.report().add(new RuleProblem.Range(span, "a text in data", "without control characters, and without space around it",
                    "\"" + text + "\""));
        }
        return isPlain;
    }
}

package nnet.maven;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// A line of `nnc build --lines`: a kind and its texts, separated by tabs.
record Message(String kind, List<String> texts) {

    static Message read(String line) {
        List<String> parts = Arrays.stream(line.split("\t", -1)).map(Message::plain).collect(Collectors.toList());
        return new Message(parts.get(0), parts.subList(1, parts.size()));
    }

    private static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                c = switch (text.charAt(i)) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    default -> text.charAt(i);
                };
            }
            plain.append(c);
        }
        return plain.toString();
    }

    String text() {
        return texts.get(0);
    }

    /// `file:[line,column] title`, as Maven shows messages of the Java compiler, and below it the lines that the message is about.
    String asOfMaven() {
        String file = texts.get(0);
        String place = file.isEmpty() ? "" : file + ":[" + texts.get(1) + "," + texts.get(2) + "] ";
        String excerpt = texts.get(4).lines().skip(1).filter(line -> !line.contains("┌─") || !line.contains(file))
                .collect(Collectors.joining("\n"));
        return (place + texts.get(3) + "\n" + excerpt).stripTrailing();
    }

    /// The same in one line.
    String inOneLine() {
        return asOfMaven().lines().findFirst().orElse("");
    }
}

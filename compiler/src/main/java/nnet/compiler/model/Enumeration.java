package nnet.compiler.model;

import java.util.List;
import java.util.Optional;
import nnet.compiler.source.Span;

/// Categories with names, in the order of their numbers.
public record Enumeration(String name, Optional<String> doc, List<Member> members, Span span) implements Meaning {

    public Enumeration {
        members = List.copyOf(members);
    }

    /// @param texts what stands for it in data; at least one
    public record Member(String name, Optional<String> doc, List<String> texts) {
        public Member {
            texts = List.copyOf(texts);
        }
    }
}

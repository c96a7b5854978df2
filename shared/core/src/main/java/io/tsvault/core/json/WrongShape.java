package io.tsvault.core.json;

import java.util.List;

/// JSON that does not say what it should; all that is wrong, each with a JSON pointer.
public final class WrongShape extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    WrongShape(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /// Each as `/pointer: what is wrong`.
    public List<String> problems() {
        return problems;
    }
}

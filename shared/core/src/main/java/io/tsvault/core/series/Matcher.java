package io.tsvault.core.series;

import io.tsvault.core.regex.Regex;

/// One condition on a label. An absent label counts as an empty value, as in PromQL.
public record Matcher(Op op, String name, String value) {
    /// @throws IllegalArgumentException when `value` should be an RE2 expression and is none
    public Matcher {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a matcher without a label name");
        }
        if (op.isRegex()) {
            var _ = new Regex(value);
        }
    }

    /// How a value is held against a label. In the order of the wire.
    public enum Op {
        /// The same bytes.
        EQUAL("="),
        /// Other bytes.
        NOT_EQUAL("!="),
        /// The whole value matches an RE2 expression.
        LIKE("=~"),
        /// It does not.
        NOT_LIKE("!~");

        private final String sign;

        Op(String sign) {
            this.sign = sign;
        }

        boolean isRegex() {
            return this == LIKE || this == NOT_LIKE;
        }

        boolean isNegative() {
            return this == NOT_EQUAL || this == NOT_LIKE;
        }

        /// As PromQL writes it.
        @Override
        public String toString() {
            return sign;
        }
    }

    /// As PromQL writes it.
    @Override
    public String toString() {
        return Names.label(name) + op + Names.quoted(value);
    }
}

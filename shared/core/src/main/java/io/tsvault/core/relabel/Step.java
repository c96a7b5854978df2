package io.tsvault.core.relabel;

import io.tsvault.core.regex.Regex;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/// A rule that is ready to be applied.
final class Step {
    private final Rule rule;
    private final List<String> sources;
    private final String separator;
    private final String target;
    private final Regex regex;
    private final Template targetTemplate;
    private final Template replacement;

    Step(Rule rule) {
        this.rule = rule;
        this.sources = rule.sourceLabels().stream().map(Bytes::ofText).toList();
        this.separator = Bytes.ofText(rule.separator());
        this.target = Bytes.ofText(rule.targetLabel());
        this.regex = new Regex(rule.regex());
        this.targetTemplate = new Template(rule.targetLabel());
        this.replacement = new Template(rule.replacement());
    }

    /// Changes the labels.
    ///
    /// @return false when the series is to be dropped
    boolean apply(Draft draft) {
        String value = sources.stream().map(draft::get).collect(Collectors.joining(separator));
        return switch (rule.action()) {
            case KEEP -> matches(value);
            case DROP -> !matches(value);
            case KEEPEQUAL -> draft.get(target).equals(value);
            case DROPEQUAL -> !draft.get(target).equals(value);
            case REPLACE, HASHMOD, LOWERCASE, UPPERCASE -> {
                write(value, draft);
                yield true;
            }
            case LABELMAP, LABELDROP, LABELKEEP -> {
                draft.forEach((name, text) -> onName(name, text, draft));
                yield true;
            }
        };
    }

    private boolean matches(String bytes) {
        return regex.matches(Bytes.array(bytes));
    }

    private void write(String value, Draft draft) {
        switch (rule.action()) {
            case HASHMOD -> draft.set(target, remainder(value));
            case LOWERCASE -> draft.set(target, mapped(value, Character::toLowerCase));
            case UPPERCASE -> draft.set(target, mapped(value, Character::toUpperCase));
            case REPLACE ->
                    regex.match(Bytes.array(value)).ifPresent(match -> replace(match, draft));
            case KEEP, DROP, KEEPEQUAL, DROPEQUAL, LABELMAP, LABELDROP, LABELKEEP ->
                    throw new IllegalStateException(rule.action() + " writes no target");
        }
    }

    private void replace(Regex.Match match, Draft draft) {
        String name = targetTemplate.expand(match);
        if (Bytes.isName(name)) {
            draft.set(name, replacement.expand(match));
        }
    }

    /// One letter for one, as Go does it: `ß` stays.
    private static String mapped(String value, IntUnaryOperator letter) {
        StringBuilder text = new StringBuilder();
        Bytes.text(value).codePoints().map(letter).forEach(text::appendCodePoint);
        return Bytes.ofText(text.toString());
    }

    private String remainder(String value) {
        try {
            byte[] md5 = MessageDigest.getInstance("MD5").digest(Bytes.array(value));
            long last = ByteBuffer.wrap(md5).getLong(Long.BYTES);
            return String.valueOf(Long.remainderUnsigned(last, rule.modulus()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    private void onName(String name, String value, Draft draft) {
        if (rule.action() == Action.LABELMAP) {
            regex.match(Bytes.array(name))
                    .map(replacement::expand)
                    .filter(Bytes::isName)
                    .ifPresent(copy -> draft.set(copy, value));
        } else if (matches(name) == (rule.action() == Action.LABELDROP)) {
            draft.remove(name);
        }
    }
}

package io.tsvault.core.vault.key;

import io.tsvault.core.vault.key.ObjectKey.Mark;
import io.tsvault.core.vault.key.ObjectKey.OfChunk;
import io.tsvault.core.vault.key.ObjectKey.OfCopied;
import io.tsvault.core.vault.key.ObjectKey.OfJob;
import io.tsvault.core.vault.key.ObjectKey.OfPage;
import io.tsvault.core.vault.key.ObjectKey.OfRecord;
import io.tsvault.core.vault.record.LogName;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads keys.
final class KeyParsing {
    private static final Pattern IN_A_LOG =
            Pattern.compile("((?:streams|restores|config/[a-z]+)/[^/]+)/(.+)");
    private static final Pattern RECORD = Pattern.compile("log/([0-9]{10})_([0-9]{10})\\.json");
    private static final Pattern COPIED = Pattern.compile("copied/([0-9]{10})_([0-9]{10})\\.json");
    private static final Pattern PAGE =
            Pattern.compile("pages/([0-9]{10})-([0-9]{10})-([0-9a-f]{64})\\.gz");
    private static final Pattern CHUNK =
            Pattern.compile("chunks/([0-9]{8}t[0-9]{9}z)/([0-9a-f]{32})-([0-9a-f]{64})\\.chunk");

    private KeyParsing() {}

    static Optional<ObjectKey> parse(String key) {
        Matcher parts = IN_A_LOG.matcher(key);
        if (!parts.matches()) {
            return mark(key).or(() -> copied(key));
        }
        String rest = parts.group(2);
        return LogName.parse(parts.group(1))
                .flatMap(
                        log ->
                                record(log, rest)
                                        .or(() -> page(log, rest))
                                        .or(() -> chunk(log, rest))
                                        .or(() -> file(log, rest)));
    }

    private static Optional<ObjectKey> mark(String key) {
        return Arrays.stream(Mark.values())
                .filter(mark -> mark.text().equals(key))
                .map(mark -> (ObjectKey) mark)
                .findFirst();
    }

    private static Optional<ObjectKey> copied(String key) {
        Matcher name = COPIED.matcher(key);
        return name.matches() && Digits.match(name.group(1), name.group(2))
                ? Optional.of(new OfCopied(Long.parseLong(name.group(2))))
                : Optional.empty();
    }

    private static Optional<ObjectKey> record(LogName log, String rest) {
        Matcher name = RECORD.matcher(rest);
        return name.matches() && Digits.match(name.group(1), name.group(2))
                ? Optional.of(new OfRecord(log, Long.parseLong(name.group(2))))
                : Optional.empty();
    }

    private static Optional<ObjectKey> page(LogName log, String rest) {
        Matcher name = PAGE.matcher(rest);
        return name.matches()
                ? Optional.of(
                        new OfPage(
                                log,
                                Long.parseLong(name.group(1)),
                                Long.parseLong(name.group(2)),
                                name.group(3)))
                : Optional.empty();
    }

    private static Optional<ObjectKey> chunk(LogName log, String rest) {
        Matcher name = CHUNK.matcher(rest);
        if (!log.isOfStream() || !name.matches()) {
            return Optional.empty();
        }
        try {
            Instant start = Digits.SLICE.parse(name.group(1), Instant::from);
            return Optional.of(new OfChunk(log, start, name.group(2), name.group(3)));
        } catch (DateTimeException e) {
            return Optional.empty(); // such as the 32nd of a month
        }
    }

    private static Optional<ObjectKey> file(LogName log, String rest) {
        return log.isOfRestore()
                ? JobFile.parse(rest).map(file -> new OfJob(log, file))
                : Optional.empty();
    }
}

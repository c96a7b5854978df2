package io.tsvault.aws;

import io.tsvault.core.store.Finding;

import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleExpiration;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.Transition;
import software.amazon.awssdk.services.s3.model.TransitionStorageClass;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a bucket's lifecycle rules do to the objects of a vault. A vault removes by itself what it
/// no longer needs, and its log never: so no rule may, however late.
///
/// @param prefix of the vault
record Lifecycle(String prefix) {
    /// From these an object has to be asked back before it can be read.
    private static final Set<TransitionStorageClass> ARCHIVES =
            Set.of(TransitionStorageClass.GLACIER, TransitionStorageClass.DEEP_ARCHIVE);

    /// Who reads these waits; without anything else nobody opens the vault.
    private static final Pattern CHUNKS = Pattern.compile("streams/[^/]+/chunks.*");

    Finding judge(List<LifecycleRule> rules) {
        List<LifecycleRule> ours = rules.stream().filter(this::concernsUs).toList();
        List<String> deleting = new ArrayList<>();
        List<String> closing = new ArrayList<>();
        List<String> archiving = new ArrayList<>();
        for (LifecycleRule rule : ours) {
            expiry(rule).ifPresent(when -> deleting.add("%s (%s)".formatted(rule.id(), when)));
            if (rule.transitions().stream()
                    .map(Transition::storageClass)
                    .anyMatch(ARCHIVES::contains)) {
                (reachesChunksAlone(rule) ? archiving : closing).add(rule.id());
            }
        }
        if (!deleting.isEmpty()) {
            return Finding.bad(
                    "lifecycle",
                    "deletes what the vault still needs: %s; take the vault's prefix out of it"
                            .formatted(String.join(", ", deleting)));
        }
        if (!closing.isEmpty()) {
            return Finding.bad(
                    "lifecycle",
                    "archives records too, without which nobody can open the vault: %s; let it"
                                    .formatted(String.join(", ", closing))
                            + " reach no more than %sstreams/NAME/chunks/, or take GLACIER_IR"
                                    .formatted(prefix));
        }
        return archiving.isEmpty()
                ? Finding.ok("lifecycle", "no rule touches what the vault holds")
                : Finding.warn(
                        "lifecycle",
                        "archives chunks, so that a restore waits for hours: %s"
                                .formatted(String.join(", ", archiving)));
    }

    private static Optional<String> expiry(LifecycleRule rule) {
        Optional<LifecycleExpiration> expiration = Optional.ofNullable(rule.expiration());
        return expiration
                .map(LifecycleExpiration::days)
                .map("after %d days"::formatted)
                .or(() -> expiration.map(LifecycleExpiration::date).map("on %s"::formatted));
    }

    private boolean reachesChunksAlone(LifecycleRule rule) {
        String theirs = prefix(rule, Optional.ofNullable(rule.filter()));
        return theirs.startsWith(prefix)
                && CHUNKS.matcher(theirs.substring(prefix.length())).matches();
    }

    /// Objects of a vault have no tags. Of a size any of them may be.
    private boolean concernsUs(LifecycleRule rule) {
        Optional<LifecycleRuleFilter> filter = Optional.ofNullable(rule.filter());
        boolean tagged =
                filter.map(LifecycleRuleFilter::tag).isPresent()
                        || filter.map(LifecycleRuleFilter::and)
                                .filter(and -> !and.tags().isEmpty())
                                .isPresent();
        String theirs = prefix(rule, filter);
        boolean overlaps = theirs.startsWith(prefix) || prefix.startsWith(theirs);
        return rule.status() == ExpirationStatus.ENABLED && !tagged && overlaps;
    }

    /// Rules of before 2016 have no filter.
    @SuppressWarnings("deprecation")
    private static String prefix(LifecycleRule rule, Optional<LifecycleRuleFilter> filter) {
        return filter.map(LifecycleRuleFilter::prefix)
                .or(() -> filter.map(LifecycleRuleFilter::and).map(and -> and.prefix()))
                .or(() -> Optional.ofNullable(rule.prefix()))
                .orElse("");
    }
}

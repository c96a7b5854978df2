package io.tsvault.aws;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.store.Finding;

import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DefaultRetention;
import software.amazon.awssdk.services.s3.model.ObjectLockConfiguration;
import software.amazon.awssdk.services.s3.model.ObjectLockRule;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Looks at a bucket, and changes nothing.
record Examination(Bucket bucket) {
    /// Farther off, S3 refuses every request.
    private static final Duration REFUSED_SKEW = Duration.ofMinutes(15);

    private static final Duration NOTICED_SKEW = Duration.ofMinutes(1);

    /// No vault has it; a store that lets us list says so.
    private static final String ABSENT = "doctor/absent";

    /// The answers of those who have nothing to tell: never set, or never heard of.
    private static final Set<String> NOTHING_SET =
            Set.of("NoSuchLifecycleConfiguration", "ObjectLockConfigurationNotFoundError");

    private static final Set<Integer> NEVER_HEARD_OF = Set.of(405, 501);

    List<Finding> findings() {
        Finding list = needed("list", this::list);
        if (list.state() == Finding.State.BAD) {
            return List.of(list); // whatever came behind would only say it again
        }
        List<Finding> findings = new ArrayList<>(List.of(list));
        findings.add(needed("read", this::read));
        findings.add(wished("clock", "s3:ListBucket", this::clock));
        findings.add(wished("lifecycle", "s3:GetLifecycleConfiguration", this::lifecycle));
        findings.add(wished("versions", "s3:GetBucketVersioning", this::versions));
        findings.add(wished("lock", "s3:GetBucketObjectLockConfiguration", this::lock));
        return List.copyOf(findings);
    }

    private static Finding needed(String what, Supplier<Finding> look) {
        try {
            return look.get();
        } catch (Permanent | Transient e) {
            return Finding.bad(what, String.valueOf(e.getMessage()));
        }
    }

    private Finding wished(String what, String permission, Supplier<Finding> look) {
        try {
            return bucket.during(new Call(permission, bucket.config().location()), look);
        } catch (Permanent | Transient e) {
            Optional<S3Exception> answer =
                    e.getCause() instanceof S3Exception said ? Optional.of(said) : Optional.empty();
            boolean nothing = answer.map(Examination::saysThereIsNone).orElse(false);
            return nothing
                    ? Finding.ok(what, "none")
                    : Finding.warn(what, "cannot be seen: " + e.getMessage());
        }
    }

    private static boolean saysThereIsNone(S3Exception answer) {
        return NOTHING_SET.contains(new Refusal(answer).code())
                || NEVER_HEARD_OF.contains(answer.statusCode());
    }

    private Finding list() {
        boolean empty = new Listing(bucket).list("", "", 1).isEmpty();
        return Finding.ok("list", empty ? "allowed; nothing is there yet" : "allowed");
    }

    private Finding read() {
        Optional<byte[]> _ = new Download(bucket).part(ABSENT, 0, 0);
        return Finding.ok("read", "allowed");
    }

    private Finding clock() {
        Optional<Instant> theirs =
                bucket.client()
                        .headBucket(
                                head ->
                                        head.bucket(bucket.name())
                                                .expectedBucketOwner(bucket.owner()))
                        .sdkHttpResponse()
                        .firstMatchingHeader("Date")
                        .flatMap(Refusal::date);
        if (theirs.isEmpty()) {
            return Finding.warn("clock", "the store does not say what time it is");
        }
        Duration ahead = Duration.between(theirs.get(), bucket.clock().instant());
        String detail = "this machine is %s".formatted(Advice.wrongBy(ahead.toSeconds()));
        if (ahead.abs().compareTo(REFUSED_SKEW) >= 0) {
            return Finding.bad("clock", detail + ": S3 refuses that; set it");
        }
        return ahead.abs().compareTo(NOTICED_SKEW) >= 0
                ? Finding.warn("clock", detail + ": set it")
                : Finding.ok("clock", "within a minute of the store's");
    }

    private Finding lifecycle() {
        return new Lifecycle(bucket.config().prefix())
                .judge(
                        bucket.client()
                                .getBucketLifecycleConfiguration(
                                        get ->
                                                get.bucket(bucket.name())
                                                        .expectedBucketOwner(bucket.owner()))
                                .rules());
    }

    private Finding versions() {
        BucketVersioningStatus status =
                bucket.client()
                        .getBucketVersioning(
                                get ->
                                        get.bucket(bucket.name())
                                                .expectedBucketOwner(bucket.owner()))
                        .status();
        return status == BucketVersioningStatus.ENABLED
                ? Finding.ok("versions", "kept")
                : Finding.warn(
                        "versions",
                        "not kept: what is deleted or overwritten is gone; enable versioning");
    }

    private Finding lock() {
        ObjectLockConfiguration lock =
                bucket.client()
                        .getObjectLockConfiguration(
                                get ->
                                        get.bucket(bucket.name())
                                                .expectedBucketOwner(bucket.owner()))
                        .objectLockConfiguration();
        return Optional.ofNullable(lock)
                .map(ObjectLockConfiguration::rule)
                .map(ObjectLockRule::defaultRetention)
                .map(retention -> Finding.ok("lock", describe(retention)))
                .orElse(Finding.ok("lock", "no retention by default"));
    }

    private static String describe(DefaultRetention retention) {
        String time =
                retention.days() == null
                        ? retention.years() + " years"
                        : retention.days() + " days";
        return "%s for %s: until then space does not come back"
                .formatted(retention.modeAsString(), time);
    }
}

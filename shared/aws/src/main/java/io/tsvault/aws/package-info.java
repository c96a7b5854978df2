/// A vault in S3, or in any store that speaks S3. The only module that sees the SDK of AWS.
///
/// ```text
///   RetryingStore ── S3Store ─┬─ PUT If-None-Match: *, x-amz-checksum-crc32c     create
///   (core)           one try  ├─ GET, GET Range                                  read
///                             ├─ ListObjectsV2                                   list
///                             └─ DELETE                                          delete
/// ```
///
/// # The address
///
/// `s3://bucket/prefix?region=eu-west-1&encryption=kms:alias/vault` names a vault; nothing in it is
/// encoded. Each wish may be left out:
///
/// | wish | means | else |
/// |---|---|---|
/// | `region` | where the bucket is | `AWS_REGION`, the profile; `us-east-1` for an endpoint |
/// | `endpoint` | a server that is not AWS | `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL` |
/// | `path-style` | bucket in the path: `true`, `false` | `true` if there is an endpoint |
/// | `owner` | the account that must own the bucket | any |
/// | `encryption` | `bucket`, `s3`, `kms:<key>` | `bucket`: what the bucket says |
/// | `connections` | requests at once | 32 |
///
/// Credentials are never in it: the SDK finds them in the environment, in a profile (also one with
/// `role_arn` or of a single sign-on), in a web identity, or with the machine's role.
///
/// # Failures
///
/// | answer | becomes |
/// |---|---|
/// | 412 | `ALREADY_THERE`, also for an own write whose answer was lost: the retry reads it back |
/// | 409, 429, 5xx, a timeout, a cut connection, a wrong checksum | `Transient`, with the wait |
/// | 403, no bucket, wrong region, wrong clock, KMS, archived, credentials, 501 | `Permanent` |
/// | 200 that S3 cannot have given: no ETag, no list, an error inside | `Transient` |
/// | 200 with a body to a DELETE, where S3 says 204 and nothing | `Transient` |
/// | 200 that shows a store to be unfit: no order, no ranges, no KMS | `Permanent` |
///
/// `If-Match` is never sent, nor any multipart: there is nothing to lose a race about but a key.
/// A redirect is never followed: it is answered with the name of the right region.
///
/// # Checksums
///
/// A PUT carries the CRC-32C of its bytes, so that a store refuses what was damaged on the way. A
/// GET of a whole object asks for the checksum back and verifies it where there is one; S3 has none
/// for a range. Neither is what a vault rests on: its records name the SHA-256 of every chunk.
///
/// # What is hidden or replaced
///
/// A bucket that keeps versions still has what a person deleted or overwrote: [S3Store#versions]
/// finds it, by its hash. Reading never does so by itself: what is not there any more is damage.
///
/// # What the doctor asks
///
/// [S3Store#examine] reads, and writes nothing:
///
/// | finding | bad | warning |
/// |---|---|---|
/// | `list` | no `s3:ListBucket`, no bucket, wrong region or clock; then the rest is not asked | |
/// | `read` | no `s3:GetObject` | |
/// | `clock` | 15 minutes off | one minute off |
/// | `lifecycle` | a rule deletes what the vault holds, however late | a rule archives it |
/// | `versions` | | not kept |
/// | `lock` | | |
///
/// What may not be seen is a warning that names the missing permission.
@NullMarked
package io.tsvault.aws;

import org.jspecify.annotations.NullMarked;

/// A proxy that damages what passes it, between a client under test and a real server.
///
/// ```
///                  request leg            request leg
///   client  ----------------->  FaultProxy ----------------->  server
///           <-----------------             <-----------------
///                  response leg           response leg
/// ```
///
/// A [Script] gives each request one [Fault] in order of arrival: a list, a rule on method and
/// path, or a seeded [Chaos]. The proxy carries the fault out and keeps an [Exchange] of it, so
/// that a test asserts what really happened and not what was planned: a cut behind the end of a
/// body did not strike. An exchange is never behind what the client has seen.
///
/// ```java
/// try (FaultProxy proxy = FaultProxy.to(server, Script.inOrder(
///         new Pass(), new Answer(Reply.status(503)), new Cut(RESPONSE, 100, CLOSE)))) {
///     ... a client of proxy.uri() ...
///     assertThat(proxy.seen()).extracting(Exchange::clientStatus).containsExactly(200, 503, 200);
/// }
/// ```
///
/// What the catalogue of faults asks of a network, and what gives it here:
///
/// - S01 refused: [FaultProxy#down], and [FaultProxy#up] again on the same port
/// - S02 no TLS: `https` to [FaultProxy#uri]: the answer is not TLS. Certificates: not here
/// - S03 S15 S19 S20 S21, T03-T06 T10 T13 T14 T22 T26, O01 O04-O11 O19 O31: [Fault.Answer] with the
///   status and the text
/// - S04 T01 O01: [Fault.Answer] of 429 or 503, [Reply#retryAfter] in seconds or as a date
/// - S05 no first byte, T23: [Fault.Hold] or [Fault.Delay]; [Fault.Drop] with SILENCE
/// - S06 trickle, T23: [Fault.Trickle]
/// - S07 O12 cut body: [Fault.Cut] on the response with CLOSE, RESET or SILENCE; [Fault.Length]
///   longer than the body
/// - S08 cut without a length: [Fault.Cut] with UNFRAMED; [Fault.Append] of nothing with UNFRAMED
///   for a whole body
/// - S09 S18 early end without any sign: [Fault.Cut] with WHOLE
/// - S10 O13 O14 damaged bytes: [Fault.Flip], on the request for O13
/// - S11 error text in a started 200: [Fault.Append] with WHOLE as Prometheus does, with CLOSE as
///   VictoriaMetrics
/// - S12 O06 wrong type, error in a 200: [Fault.Header] of `Content-Type`; [Fault.Answer] of 200
/// - S16 T15 O10 redirect: [Fault.Answer] of [Reply#redirect]
/// - S29 S40 O09 L10 clocks and caches: [Fault.Header] of `Date` or `Age`
/// - S34 S35 T24 other server, other replica, other tenant: [Fault.Reroute]; [Fault.Header] on the
///   request
/// - O02 O03 T02 outcome unknown: [Fault.Swallow]; [Fault.Replace] for a 5xx after the deed
/// - O03 O20 T17 delivered twice: [Fault.DuplicateRequest]
/// - O28 `If-None-Match` is lost on the way: [Fault.Header] with an empty value
/// - O29 a PUT lands late: [Fault.Hold] on the request: it goes on though the client has left
/// - T07 reset in the middle of an upload: [Fault.Cut] on the request
/// - T08 T09 accepted and lost: [Fault.Answer] of 204 or 200
/// - T11 counts of what was written are missing: [Fault.Header] with an empty value
///
/// What needs a server of its own is not here: answers whose content is wrong in itself (S13, S14,
/// S17, S26-S28, S36, S37), names that do not resolve, networks without a route, connections that
/// hang before they are made, TLS with a bad certificate.
///
/// HTTP/1.0 and 1.1 pass, with keep-alive towards the client and one new connection to the server
/// for each exchange; an upgrade to HTTP/2 is not passed on. Bodies stream, whatever their size, so
/// chunks may be cut elsewhere than the server did; heads end at 64 KiB. Of a request that is held
/// or sent twice, and of a response that is sent twice, the body waits in a temporary file.
@NullMarked
package io.tsvault.lab.proxy;

import org.jspecify.annotations.NullMarked;

package io.tsvault.lab.proxy;

/// What happened to one request. Taken while the exchange runs, it holds what has happened so far;
/// whatever the client has seen is in it.
///
/// @param fault         what the script gave
/// @param struck        did it change anything? A cut behind the end of the body did not
/// @param serverStatus  what the server answered; 0 while it has not, or was not asked
/// @param clientStatus  what the client was told; 0 when nothing
/// @param requestBytes  of the body, handed to the server; both times when it was sent twice
/// @param responseBytes of the body, handed to the client, appended text included; both times when
///                      it was sent twice. A client that leaves or is reset may have read less
/// @param trouble       what went wrong outside the fault, such as a server that is not there; or
///     empty
public record Exchange(
        Request request,
        Fault fault,
        boolean struck,
        int serverStatus,
        int clientStatus,
        long requestBytes,
        long responseBytes,
        String trouble) {

    /// One line for the message of a failed test.
    @Override
    public String toString() {
        return "#%d %s %s: %s%s; server %d after %d B, client %d and %d B%s"
                .formatted(
                        request.number(),
                        request.method(),
                        request.target(),
                        fault,
                        struck || fault instanceof Fault.Pass ? "" : " (did not strike)",
                        serverStatus,
                        requestBytes,
                        clientStatus,
                        responseBytes,
                        trouble.isEmpty() ? "" : "; " + trouble)
                .replace("\n", "\\n");
    }
}

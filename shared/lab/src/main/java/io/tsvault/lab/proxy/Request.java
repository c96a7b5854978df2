package io.tsvault.lab.proxy;

/// A request as a script sees it.
///
/// @param number its place in the order in which the heads of requests arrived, from 1
/// @param target path and query, as sent
public record Request(int number, String method, String target) {
    /// The target without its query.
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /// Is it this method, on a path that starts so?
    public boolean is(String wantedMethod, String pathPrefix) {
        return method.equals(wantedMethod) && path().startsWith(pathPrefix);
    }
}

package io.tsvault.lab.proxy;

import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/// Says what happens to which request. It is asked once for each request in order of arrival and
/// by one thread at a time; it may keep count, so it belongs to one proxy.
@FunctionalInterface
public interface Script {
    /// What happens to this request.
    Fault fault(Request request);

    /// The same for every request.
    static Script always(Fault fault) {
        return request -> fault;
    }

    /// One fault after the other, then every request passes.
    static Script inOrder(Fault... faults) {
        Iterator<Fault> left = List.of(faults).iterator();
        return request -> left.hasNext() ? left.next() : new Fault.Pass();
    }

    /// Requests that match go by `then`, which counts only those; the rest goes by this script.
    default Script when(Predicate<Request> matches, Script then) {
        return request -> matches.test(request) ? then.fault(request) : fault(request);
    }
}

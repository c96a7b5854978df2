package io.tsvault.lab.proxy;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// An exchange that runs. Everything is counted before it is sent, so that no client knows more.
final class Track {
    private final Request request;
    private final Fault fault;
    private final AtomicBoolean struck = new AtomicBoolean();
    private final AtomicInteger serverStatus = new AtomicInteger();
    private final AtomicInteger clientStatus = new AtomicInteger();
    private final AtomicLong requestBytes = new AtomicLong();
    private final AtomicLong responseBytes = new AtomicLong();
    private final AtomicReference<String> trouble = new AtomicReference<>("");

    Track(Request request, Fault fault) {
        this.request = request;
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }

    void strike() {
        struck.set(true);
    }

    void serverSaid(int status) {
        serverStatus.set(status);
    }

    void tellClient(int status) {
        clientStatus.set(status);
    }

    boolean hasToldClient() {
        return clientStatus.get() != 0;
    }

    long responseBytes() {
        return responseBytes.get();
    }

    void count(Fault.Leg leg, long bytes) {
        switch (leg) {
            case REQUEST -> requestBytes.addAndGet(bytes);
            case RESPONSE -> responseBytes.addAndGet(bytes);
        }
    }

    /// The first trouble is the cause of the others.
    void trouble(String what) {
        trouble.compareAndSet("", what);
    }

    Exchange snapshot() {
        return new Exchange(
                request,
                fault,
                struck.get(),
                serverStatus.get(),
                clientStatus.get(),
                requestBytes.get(),
                responseBytes.get(),
                trouble.get());
    }
}

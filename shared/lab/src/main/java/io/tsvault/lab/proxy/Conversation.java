package io.tsvault.lab.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The exchanges on one connection of a client, one after the other.
final class Conversation {
    private final FaultProxy proxy;
    private final Wire client;

    Conversation(FaultProxy proxy, Wire client) {
        this.proxy = proxy;
        this.client = client;
    }

    /// Until one side ends it.
    void hold() throws IOException {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = next();
        }
        client.hangUp();
    }

    private boolean next() throws IOException {
        try {
            Optional<Head> head = Head.ofRequest(client);
            return head.isPresent() && serve(head.get());
        } catch (Broken broken) {
            refuse(broken);
            return false;
        }
    }

    private boolean serve(Head head) throws IOException {
        Framing framing = Framing.ofRequest(head, client);
        Track track = proxy.arrive(head);
        RequestLeg request = new RequestLeg(track, client, head, framing);
        ResponseLeg response = new ResponseLeg(track, client, head);
        return new Passage(proxy, track, request, response).serve();
    }

    /// What came was no request. One that has begun deals with its own failures.
    private void refuse(Broken broken) throws IOException {
        if (broken.status() > 0) {
            Reply reply = ResponseLeg.excuse(broken);
            client.write(reply.head().with("Connection", "close").bytes());
            client.write(reply.body().getBytes(StandardCharsets.UTF_8));
        }
    }
}

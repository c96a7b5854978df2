package io.tsvault.lab.proxy;

import java.io.IOException;

/// What faults do to the bytes of a body that goes by.
final class Touch {
    private final Track track;
    private final Fault.Leg leg;
    private final Sink to;
    private long passed;

    private Touch(Track track, Fault.Leg leg, Sink to) {
        this.track = track;
        this.leg = leg;
        this.to = to;
    }

    /// A sink that counts, and touches what this exchange's fault means.
    static Sink of(Track track, Fault.Leg leg, Sink to) {
        Touch touch = new Touch(track, leg, to);
        if (track.fault() instanceof Fault.Flip(Fault.Leg where, long at) && where == leg) {
            return (bytes, offset, length) -> touch.flip(at, bytes, offset, length);
        }
        if (track.fault() instanceof Fault.Trickle trickle && trickle.leg() == leg) {
            return (bytes, offset, length) -> touch.trickle(trickle, bytes, offset, length);
        }
        return touch::pass;
    }

    private void pass(byte[] bytes, int offset, int length) throws IOException {
        passed += length;
        track.count(leg, length);
        if (track.fault() instanceof Fault.Length(long claimed)
                && leg == Fault.Leg.RESPONSE
                && passed > claimed) {
            track.strike();
        }
        to.write(bytes, offset, length);
    }

    private void flip(long at, byte[] bytes, int offset, int length) throws IOException {
        if (passed <= at && at < passed + length) {
            track.strike();
            bytes[offset + (int) (at - passed)] ^= 1;
        }
        pass(bytes, offset, length);
    }

    private void trickle(Fault.Trickle trickle, byte[] bytes, int offset, int length)
            throws IOException {
        track.strike();
        for (int done = 0; done < length; done += trickle.bytes()) {
            pass(bytes, offset + done, Math.min(trickle.bytes(), length - done));
            Pause.of(trickle.pause()).await();
        }
    }
}

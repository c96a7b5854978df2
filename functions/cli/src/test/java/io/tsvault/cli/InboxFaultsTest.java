package io.tsvault.cli;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/// Faults of the object store that only an inbox of manifests can have: kept in sight until there
/// is one.
class InboxFaultsTest {
    private static final String NO_INBOX =
            "nothing reads events yet: the coordinator of restores will, and brings this test";

    @Test
    @Disabled(NO_INBOX)
    void O20_anEventThatComesTwiceIsOneJob() {
        fail(NO_INBOX);
    }

    @Test
    @Disabled(NO_INBOX)
    void O21_theOrderOfEventsDecidesNothing() {
        fail(NO_INBOX);
    }

    @Test
    @Disabled(NO_INBOX)
    void O22_aLostEventIsFoundByTheSweep() {
        fail(NO_INBOX);
    }

    @Test
    @Disabled(NO_INBOX)
    void O24_aForeignEventIsIgnored() {
        fail(NO_INBOX);
    }

    @Test
    @Disabled(NO_INBOX)
    void O25_theVersionThatTheEventNamesIsRead() {
        fail(NO_INBOX);
    }

    @Test
    @Disabled(NO_INBOX)
    void O26_ownWritesTriggerNothing() {
        fail(NO_INBOX);
    }
}

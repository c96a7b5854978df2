package io.tsvault.core.vault;

import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.LogName;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// What the lists of a store tell of a vault, in as few requests as may be.
final class Lists {
    /// S3 lists no more at once.
    private static final int LISTED = 1000;

    private Lists() {}

    /// All objects whose keys begin so.
    static List<StoredObject> all(ObjectStore store, String prefix) {
        return all(store, prefix, "");
    }

    /// The same, but only what sorts behind a key.
    static List<StoredObject> all(ObjectStore store, String prefix, String behind) {
        List<StoredObject> objects = new ArrayList<>();
        List<StoredObject> some;
        do {
            String after = objects.isEmpty() ? behind : objects.getLast().key();
            some = store.list(prefix, after, LISTED);
            objects.addAll(some);
        } while (some.size() == LISTED);
        return objects;
    }

    /// The number of the newest record; 0 when there is none. What else lies in a log may be listed
    /// before it, and be any number of files.
    static long newest(ObjectStore store, LogName log) {
        String after = "";
        while (true) {
            List<StoredObject> some = store.list(ObjectKey.records(log), after, LISTED);
            OptionalLong newest =
                    some.stream()
                            .map(object -> ObjectKey.seq(log, object.key()))
                            .flatMapToLong(OptionalLong::stream)
                            .findFirst();
            if (newest.isPresent() || some.size() < LISTED) {
                return newest.orElse(0);
            }
            after = some.getLast().key();
        }
    }

    /// The names of the folders in a folder.
    static List<String> folders(ObjectStore store, String folder) {
        return children(store, folder).stream()
                .filter(name -> name.endsWith("/"))
                .map(name -> name.substring(0, name.length() - 1))
                .toList();
    }

    /// The names of what is in a folder; those of folders end with `/`. One request for each.
    static List<String> children(ObjectStore store, String folder) {
        List<String> names = new ArrayList<>();
        String after = "";
        while (true) {
            List<StoredObject> next = store.list(folder, after, 1);
            if (next.isEmpty()) {
                return names;
            }
            String rest = next.getFirst().key().substring(folder.length());
            int end = rest.indexOf('/');
            if (end < 0) {
                names.add(rest);
                after = next.getFirst().key();
            } else {
                names.add(rest.substring(0, end + 1));
                after = folder + rest.substring(0, end) + "0"; // the sign behind /
            }
        }
    }
}

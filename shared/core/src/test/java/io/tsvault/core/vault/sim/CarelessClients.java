package io.tsvault.core.vault.sim;

import io.tsvault.core.failure.Transient;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.Passage;
import io.tsvault.core.store.StoredObject;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Mistakes in how a store's answers are taken.
final class CarelessClients {
    private CarelessClients() {}

    static Map<String, Scenario> all() {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.put("a 412 is never read back", Scenarios.COMMIT.through(NoReadBack::new));
        all.put("every 412 is taken for its own", Scenarios.TWO_WRITERS.through(Mine::new));
        all.put(
                "a 412 with as many bytes is its own",
                Scenarios.TWO_WRITERS.through(SameSize::new));
        all.put("a timeout is taken for success", Scenarios.COMMIT.through(TimeoutIsSuccess::new));
        all.put("a timeout is taken for a lost race", Scenarios.COMMIT.through(TimeoutIsLost::new));
        all.put("a 409 is taken for a 412", Scenarios.COMMIT.through(ConflictIsLost::new));
        all.put("a delete that timed out counts", Scenarios.COLLECT.through(DeleteOnce::new));
        all.put("a read that timed out finds nothing", Scenarios.RESTORE.through(ReadOnce::new));
        all.put("a list that timed out is empty", Scenarios.AMEND.through(ListOnce::new));
        return all;
    }

    /// Who takes the race for a record for lost does not look whose it is.
    private static class NoReadBack extends Passage {
        private final Set<String> lost = new HashSet<>();

        NoReadBack(ObjectStore to) {
            super(to);
        }

        Creation lost(String key) {
            lost.add(key);
            return Creation.ALREADY_THERE;
        }

        @Override
        public Creation create(String key, byte[] bytes) {
            Creation creation = super.create(key, bytes);
            boolean forgets = creation == Creation.ALREADY_THERE && key.startsWith(Keys.RECORDS);
            return forgets ? lost(key) : creation;
        }

        @Override
        public Optional<byte[]> read(String key, long offset, int length) {
            return lost.remove(key) ? Optional.of(new byte[0]) : super.read(key, offset, length);
        }
    }

    static final class Mine extends Passage {
        Mine(ObjectStore to) {
            super(to);
        }

        @Override
        public Creation create(String key, byte[] bytes) {
            super.create(key, bytes);
            return Creation.CREATED;
        }
    }

    private static final class SameSize extends Passage {
        SameSize(ObjectStore to) {
            super(to);
        }

        @Override
        public Creation create(String key, byte[] bytes) {
            boolean created = super.create(key, bytes) == Creation.CREATED;
            boolean same =
                    !created
                            && super.read(key, 0, bytes.length + 1).orElseThrow().length
                                    == bytes.length;
            return created || same ? Creation.CREATED : Creation.ALREADY_THERE;
        }
    }

    private static final class TimeoutIsSuccess extends Passage {
        TimeoutIsSuccess(ObjectStore to) {
            super(to);
        }

        @Override
        public Creation create(String key, byte[] bytes) {
            try {
                return super.create(key, bytes);
            } catch (Transient _) {
                return Creation.CREATED;
            }
        }
    }

    private static final class TimeoutIsLost extends NoReadBack {
        TimeoutIsLost(ObjectStore to) {
            super(to);
        }

        @Override
        public Creation create(String key, byte[] bytes) {
            try {
                return super.create(key, bytes);
            } catch (Transient e) {
                if (key.startsWith(Keys.RECORDS)) {
                    return lost(key);
                }
                throw e;
            }
        }
    }

    private static final class ConflictIsLost extends NoReadBack {
        ConflictIsLost(ObjectStore to) {
            super(to);
        }

        @Override
        public Creation create(String key, byte[] bytes) {
            try {
                return super.create(key, bytes);
            } catch (Transient e) {
                if ("409".equals(e.getMessage())) {
                    return lost(key);
                }
                throw e;
            }
        }
    }

    private static final class DeleteOnce extends Passage {
        DeleteOnce(ObjectStore to) {
            super(to);
        }

        @Override
        public void delete(String key) {
            try {
                super.delete(key);
            } catch (Transient _) {
                location();
            }
        }
    }

    private static final class ReadOnce extends Passage {
        ReadOnce(ObjectStore to) {
            super(to);
        }

        @Override
        public Optional<byte[]> read(String key, int mostBytes) {
            try {
                return super.read(key, mostBytes);
            } catch (Transient _) {
                return Optional.empty();
            }
        }
    }

    private static final class ListOnce extends Passage {
        ListOnce(ObjectStore to) {
            super(to);
        }

        @Override
        public List<StoredObject> list(String prefix, String startAfter, int limit) {
            try {
                return super.list(prefix, startAfter, limit);
            } catch (Transient _) {
                return List.of();
            }
        }
    }
}

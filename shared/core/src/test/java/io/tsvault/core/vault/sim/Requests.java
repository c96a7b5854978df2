package io.tsvault.core.vault.sim;

import io.tsvault.core.failure.Transient;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.StoredObject;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The way of one actor to a store. Each request is a step, and anything may become of it.
final class Requests implements ObjectStore {
    private final Actor actor;
    private final ObjectStore medium;

    Requests(Actor actor, ObjectStore medium) {
        this.actor = actor;
        this.medium = medium;
    }

    @Override
    public Creation create(String key, byte[] bytes) {
        Fault fault = actor.step("create " + key);
        Supplier<Creation> effect = () -> medium.create(key, bytes);
        if (fault == Fault.OWN_412) {
            Creation _ = effect.get();
            return Creation.ALREADY_THERE;
        }
        return answer(fault, effect, Optional.of(() -> medium.create(key, bytes)));
    }

    @Override
    public Optional<byte[]> read(String key, int mostBytes) {
        return answer(
                actor.step("read " + key), () -> medium.read(key, mostBytes), Optional.empty());
    }

    @Override
    public Optional<byte[]> read(String key, long offset, int length) {
        return answer(
                actor.step("range " + key),
                () -> medium.read(key, offset, length),
                Optional.empty());
    }

    @Override
    public List<StoredObject> list(String prefix, String startAfter, int limit) {
        return answer(
                actor.step("list " + prefix),
                () -> medium.list(prefix, startAfter, limit),
                Optional.empty());
    }

    @Override
    public void delete(String key) {
        Runnable effect = () -> medium.delete(key);
        answer(
                actor.step("delete " + key),
                () -> {
                    effect.run();
                    return key;
                },
                Optional.of(effect));
    }

    private <T> T answer(Fault fault, Supplier<T> effect, Optional<Runnable> late) {
        return switch (fault) {
            case NONE, STALE -> effect.get();
            case DIES_BEFORE -> throw actor.death();
            case DIES_AFTER -> {
                T _ = effect.get();
                throw actor.death();
            }
            case REQUEST_LOST -> throw new Transient("timeout");
            case ANSWER_LOST, OWN_412 -> {
                T _ = effect.get();
                throw new Transient("timeout");
            }
            case CONFLICT -> throw new Transient("409");
            case LATE, LATE_THEN_OUTAGE -> {
                late.ifPresent(actor.world()::later);
                throw new Transient("timeout");
            }
        };
    }

    @Override
    public String location() {
        return medium.location();
    }
}

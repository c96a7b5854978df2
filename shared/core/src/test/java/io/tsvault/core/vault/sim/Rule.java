package io.tsvault.core.vault.sim;

/// What holds after every step.
enum Rule {
    NO_HOLE("record numbers have no hole, and no record goes"),
    CHAIN("each record follows on the bytes of the one before, and is sound"),
    STATE("every 32nd record is a STATE, and its pages hold all records before it"),
    CREATED_ONCE("what is created stays as it is"),
    WHOLE("what is there is whole: its bytes are those that its key names"),
    CHUNK("every chunk that a live record names is there"),
    ONE_COMMIT("a slice is settled once"),
    PARTS("a commit takes each part of its slice, once"),
    AMEND("only a settled slice that is not expired is amended, on what was compared"),
    WATERMARK("the watermark is the end of the first row of settled slices, and never goes back"),
    DEAD("a dead key is never named, and a named key never dies"),
    PLANNED("nothing is deleted but by a plan"),
    SWEPT("a sweep is done when all its keys were deleted"),
    PINNED("a pinned slice does not expire, and can be read"),
    TOLD("what an actor is told is so"),
    FRESH("whoever opens a log sees all of it"),
    COPY("a copy is marked as one, and has the same records"),
    MENDED("what a repair brings back was lost, is not dead, and is as it was"),
    KEPT("what the source still has is kept, once, to the bit, and nothing else is"),
    ALL_OF_IT("what is recorded as whole is all that the source had"),
    NOTHING_THERE("a GAP is only where the source has nothing"),
    BROUGHT("what a job says is done is in the target, to the bit, and no restart can take it"),
    UNTOUCHED("what a target had is as it was, unless it is to be overwritten"),
    KEPT_FIRST("what is overwritten is kept before it is deleted"),
    ONCE("a target that keeps what it has twice has nothing twice"),
    NAMED("what a target lacks in the end is named"),
    POSSIBLE("what can be brought is brought"),
    HEARD("no window is begun when the job is cancelled for some seconds"),
    LET_GO("whoever has ended holds nothing"),
    SOUND("no program meets damage, or fails for good"),
    DONE("in the end all slices are settled, and all garbage is gone");

    private final String text;

    Rule(String text) {
        this.text = text;
    }

    /// @throws Broken if it does not hold
    void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new Broken(this, otherwise);
        }
    }

    @Override
    public String toString() {
        return name() + " (" + text + ")";
    }

    /// A rule was broken. An error, so that nobody takes it for a fault of the world.
    static final class Broken extends Error {
        private static final long serialVersionUID = 1;

        private final Rule rule;

        Broken(Rule rule, String how) {
            super(rule + ": " + how);
            this.rule = rule;
        }

        Broken(Rule rule, String how, Throwable cause) {
            super(rule + ": " + how, cause);
            this.rule = rule;
        }

        private Broken(Broken cause, String more) {
            super(cause.getMessage() + more, cause);
            this.rule = cause.rule;
        }

        /// With more words.
        Broken in(String more) {
            return new Broken(this, more);
        }

        Rule rule() {
            return rule;
        }
    }
}

package io.tsvault.core.failure;

/// Something in a vault is not what was written there.
public final class DamagedVault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String key;
    private final String what;

    /// @param key of the damaged or missing object
    public DamagedVault(String key, String what) {
        super(key + ": " + what);
        this.key = key;
        this.what = what;
    }

    /// The object that is damaged or missing.
    public String key() {
        return key;
    }

    /// What is wrong with it.
    public String what() {
        return what;
    }
}

package io.tsvault.core.store;

import java.util.regex.Pattern;

/// Says what a key is: see the description of the package.
public final class Keys {
    /// The longest that a key may be.
    public static final int MOST_BYTES = 700;

    private static final Pattern KEY =
            Pattern.compile("[a-z0-9_=][a-z0-9._=-]{0,199}(/[a-z0-9_=][a-z0-9._=-]{0,199})*");

    private Keys() {}

    /// Can this be a key?
    public static boolean isKey(String key) {
        return key.length() <= MOST_BYTES && KEY.matcher(key).matches();
    }

    /// This key.
    ///
    /// @throws IllegalArgumentException when it can be none
    public static String require(String key) {
        if (!isKey(key)) {
            throw new IllegalArgumentException(
                    "\"%s\" cannot be a key: names of a-z 0-9 . _ = - joined by /, each up to 200"
                            .formatted(key));
        }
        return key;
    }
}

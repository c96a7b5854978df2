package io.tsvault.core.relabel;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Bytes as strings of which each character stands for one byte: they can be keys, and their order
/// is that of unsigned bytes.
final class Bytes {
    private Bytes() {}

    static String of(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static String ofText(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] array(String bytes) {
        return bytes.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// The characters, U+FFFD for what is not UTF-8.
    static String text(String bytes) {
        return new String(array(bytes), StandardCharsets.UTF_8);
    }

    /// Can a label be called so?
    static boolean isName(String bytes) {
        return !bytes.isEmpty() && decoded(bytes).isPresent();
    }

    private static Optional<String> decoded(String bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(array(bytes));
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(in).toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }
}

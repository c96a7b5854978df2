package io.tsvault.prometheus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;

import io.tsvault.core.failure.Transient;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/// Walks an answer of JSON as it comes, and holds nothing of it. Whatever is not what was expected,
/// also an end too early, is a [Transient] that says where. The only class that knows the library.
final class JsonWalk {
    private static final int MOST_LEVELS = 32;
    private static final int LONGEST_NAME = 1 << 16;

    /// Labels may have a mebibyte, a configuration some more.
    private static final int LONGEST_STRING = 16 << 20;

    /// The greatest double, written without an exponent.
    private static final int LONGEST_NUMBER = 400;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MOST_LEVELS)
                                    .maxNameLength(LONGEST_NAME)
                                    .maxStringLength(LONGEST_STRING)
                                    .maxNumberLength(LONGEST_NUMBER)
                                    .build())
                    .build();

    private final JsonParser parser;
    private final String what;

    private JsonWalk(JsonParser parser, String what) {
        this.parser = parser;
        this.what = what;
    }

    /// Begins before the first value.
    ///
    /// @param what the text is, for messages
    static JsonWalk over(InputStream text, String what) {
        try {
            return new JsonWalk(FACTORY.createParser(text), what);
        } catch (IOException e) {
            throw new Transient(what + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// Goes to the next token; null behind the last one.
    @Nullable JsonToken next() {
        try {
            return parser.nextToken();
        } catch (JsonProcessingException e) {
            throw broken(e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw broken("it ends", e);
        }
    }

    /// Is it this one?
    boolean is(JsonToken token) {
        return parser.currentToken() == token;
    }

    /// Walks an object from its brace on: for each member, with the walk at its value.
    void members(Consumer<String> member) {
        require(JsonToken.START_OBJECT);
        while (next() == JsonToken.FIELD_NAME) {
            String name = name();
            next();
            member.accept(name);
        }
        require(JsonToken.END_OBJECT);
    }

    /// Walks an array from its bracket on: for each item, with the walk at it.
    void items(Runnable item) {
        require(JsonToken.START_ARRAY);
        while (next() != JsonToken.END_ARRAY) {
            item.run();
        }
    }

    /// Goes to the end of this value.
    void skip() {
        try {
            parser.skipChildren();
            if (parser.currentToken() == null) {
                throw broken("it ends too early");
            }
        } catch (JsonProcessingException e) {
            throw broken(e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw broken("it ends", e);
        }
    }

    private String name() {
        try {
            return parser.currentName();
        } catch (IOException e) {
            throw broken("a name cannot be read", e);
        }
    }

    /// This string.
    String text() {
        require(JsonToken.VALUE_STRING);
        return anyText();
    }

    /// This value as it is written, of a string without its quotes.
    String anyText() {
        try {
            return parser.getText();
        } catch (JsonProcessingException e) {
            throw broken(e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw broken("it ends", e);
        }
    }

    /// This number of seconds, in milliseconds.
    long millis() {
        if (!is(JsonToken.VALUE_NUMBER_INT) && !is(JsonToken.VALUE_NUMBER_FLOAT)) {
            throw broken("a time is expected");
        }
        return decimal(Decimal::millis);
    }

    /// This whole number.
    long whole() {
        require(JsonToken.VALUE_NUMBER_INT);
        try {
            return parser.getLongValue();
        } catch (IOException e) {
            throw broken("a whole number is expected", e);
        }
    }

    /// The bits of the double that this text or number stands for.
    long bits() {
        return decimal(Decimal::bits);
    }

    private interface Reading {
        long of(char[] text, int from, int length);
    }

    private long decimal(Reading reading) {
        try {
            return reading.of(
                    parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        } catch (NumberFormatException | ArithmeticException e) {
            throw broken("\"" + anyText() + "\" is not expected here", e);
        } catch (IOException e) {
            throw broken("it ends", e);
        }
    }

    /// Nothing may follow the document.
    void requireEnd() {
        if (next() != null) {
            throw broken("something follows it");
        }
    }

    void require(JsonToken expected) {
        if (!is(expected)) {
            throw broken(expected + " is expected, not " + parser.currentToken());
        }
    }

    Transient broken(String why) {
        return new Transient(where() + why);
    }

    private Transient broken(@Nullable String why, Exception cause) {
        return new Transient(where() + why, cause);
    }

    private String where() {
        long at = parser.currentLocation().getByteOffset();
        return what + " is not whole or not what it should be, at byte " + at + ": ";
    }
}

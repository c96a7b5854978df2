package io.tsvault.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The only class that knows which library reads JSON.
final class JsonParsing {
    private static final int MOST_LEVELS = 16;
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_STRING = 1 << 16;
    private static final int LONGEST_NUMBER = 20;
    private static final char REPAIRED = '\uFFFD';

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
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

    private JsonParsing(JsonParser parser, String what) {
        this.parser = parser;
        this.what = what;
    }

    static Json parse(byte[] bytes, String what) {
        try (JsonParser parser = FACTORY.createParser(text(bytes, what))) {
            JsonParsing parsing = new JsonParsing(parser, what);
            Json json = parsing.value(parser.nextToken());
            if (parser.nextToken() != null) {
                throw parsing.malformed("something follows the document");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new MalformedJson(what + where(e.getLocation()) + ": " + problem(e), e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    /// The library would repair what is not UTF-8, and take UTF-16 too. Java leaves a mark where
    /// it repairs; without one all is well, and that is known faster than by a strict decoder.
    private static String text(byte[] bytes, String what) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf(REPAIRED) < 0 ? text : strict(bytes, what);
    }

    private static String strict(byte[] bytes, String what) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedJson(what + ": not UTF-8", e);
        }
    }

    private Json value(JsonToken token) throws IOException {
        return switch (token) {
            case null -> throw malformed("the document ends here");
            case START_OBJECT -> members();
            case START_ARRAY -> items();
            case VALUE_STRING -> new Json.Text(wellFormed(parser.getText()));
            case VALUE_NUMBER_INT -> new Json.Whole(whole());
            case VALUE_TRUE -> new Json.Truth(true);
            case VALUE_FALSE -> new Json.Truth(false);
            case VALUE_NULL -> new Json.Nothing();
            case VALUE_NUMBER_FLOAT -> throw malformed("only whole numbers are taken");
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                    throw malformed("unexpected " + token);
        };
    }

    private long whole() throws IOException {
        long number = parser.getLongValue();
        if (number == 0 && parser.getText().equals("-0")) {
            throw malformed("-0 is no whole number");
        }
        return number;
    }

    private Json members() throws IOException {
        SortedMap<String, Json> members = new TreeMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = wellFormed(parser.currentName());
            if (members.put(name, value(parser.nextToken())) != null) {
                throw malformed("\"" + name + "\" is there twice");
            }
        }
        return new Json.Members(members);
    }

    private Json items() throws IOException {
        List<Json> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            items.add(value(token));
        }
        return new Json.Items(items);
    }

    private String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean pair =
                        i + 1 < text.length()
                                && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
                if (!pair) {
                    throw malformed("half of a surrogate pair");
                }
                i++;
            }
        }
        return text;
    }

    private MalformedJson malformed(String problem) {
        return new MalformedJson(what + where(parser.currentLocation()) + ": " + problem);
    }

    /// What the library says is for programmers.
    private static String problem(JsonProcessingException e) {
        return switch (e) {
            case JsonEOFException _ -> "it ends before the document does";
            case InputCoercionException _ -> "a number of more than 64 bits";
            case StreamConstraintsException _ ->
                    "more than %d levels, or a name, string or number that is too long"
                            .formatted(MOST_LEVELS);
            default -> "from here on it is no JSON";
        };
    }

    private static String where(JsonLocation place) {
        return place == null
                ? ""
                : ", line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
    }
}

package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigInteger;
import java.util.Random;

class TokenTest {
    @Test
    void aSmallCodeIsItsOwnToken() {
        for (int code = 0; code < 64; code++) {
            assertThat(Token.of(code)).isEqualTo(code);
            assertThat(Token.base(code)).isEqualTo(code);
            assertThat(Token.bits(code)).isZero();
        }
    }

    @Test
    void aLargeOnesTokenGivesItsTwoHighestBits() {
        for (int token = 64; token < Token.COUNT; token++) {
            int k = (token / 2) - 27;
            BigInteger base = BigInteger.valueOf(2 + (token % 2)).shiftLeft(k);
            assertThat(Token.bits(token)).as("token %d", token).isEqualTo(k);
            assertThat(Token.base(token)).as("token %d", token).isEqualTo(base.longValue());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "64, 64, 5",
        "95, 64, 5",
        "96, 65, 5",
        "127, 65, 5",
        "128, 66, 6",
        "9223372036854775807, 177, 61",
        "9223372036854775808, 178, 62",
        "13835058055282163711, 178, 62",
        "13835058055282163712, 179, 62",
        "18446744073709551615, 179, 62"
    })
    void theTableOfThePageHolds(BigInteger code, int token, int bits) {
        assertThat(Token.of(code.longValue())).isEqualTo(token);
        assertThat(Token.bits(token)).isEqualTo(bits);
    }

    @Test
    void eachTokenEndsWhereTheNextBegins() {
        for (int token = 0; token < Token.COUNT; token++) {
            long last = Token.base(token) + (1L << Token.bits(token)) - 1;
            assertThat(Token.of(Token.base(token))).isEqualTo(token);
            assertThat(Token.of(last)).isEqualTo(token);
            long next = token == Token.COUNT - 1 ? 0 : Token.base(token + 1);
            assertThat(last + 1).as("behind token %d", token).isEqualTo(next);
        }
    }

    @Test
    void everyCodeIsItsTokensBaseAndTheBitsBehind() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            long code = random.nextLong() >>> random.nextInt(64);
            int token = Token.of(code);
            long rest = code - Token.base(token);
            assertThat(rest >>> Token.bits(token)).as("seed 11, code %x", code).isZero();
        }
    }

    @Test
    void theTablesHaveEveryByte() {
        long[] bases = Token.bases();
        int[] widths = Token.widths(77);
        for (int token = 0; token < 256; token++) {
            boolean valid = token < Token.COUNT;
            assertThat(bases[token]).isEqualTo(valid ? Token.base(token) : 0);
            assertThat(widths[token]).isEqualTo(valid ? Token.bits(token) : 77);
        }
        assertThat(bases).hasSameSizeAs(widths).hasSize(256);
    }
}

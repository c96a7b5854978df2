package io.tsvault.prometheus;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// VictoriaMetrics 1.79 exports infinities as `+Inf` and `-Inf` without quotes. That is no
/// JSON, but `+INF` and `-INF` are what the parser takes too: outside of strings they become that.
final class Infinities extends FilterInputStream {
    private boolean inString;
    private boolean isEscaped;
    private byte before;

    Infinities(InputStream lines) {
        super(lines);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = in.read(into, offset, length);
        for (int i = offset; i < offset + read; i++) {
            if (inString) {
                inString = isEscaped || into[i] != '"';
                isEscaped = !isEscaped && into[i] == '\\';
            } else {
                inString = into[i] == '"';
                if ((into[i] == 'n' && before == 'I') || (into[i] == 'f' && before == 'N')) {
                    into[i] = (byte) (into[i] - 'a' + 'A');
                }
                before = into[i];
            }
        }
        return read;
    }
}

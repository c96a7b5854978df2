package io.tsvault.prometheus.http;

import io.tsvault.core.failure.Permanent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file of variables, as shells and containers read them:
///
/// ```sh
/// # who reads
/// export USER_NAME=backup
/// PASSWORD="a \"quoted\" word"   # \n, \t, \\, \" and \$ mean what they do elsewhere
/// TOKEN='taken as it $is'
/// ```
///
/// What is wrong is told by the number of its line: the line itself may be a secret.
record EnvFile(Path path) {
    private static final int MOST_BYTES = 1 << 16;
    private static final Pattern NOTHING = Pattern.compile("\\s*(#.*)?");
    private static final String NAME = "\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)=";
    private static final String QUOTED = "\"((?:[^\"\\\\]++|\\\\.)*+)\"";
    private static final String LITERAL = "'([^']*+)'";
    private static final String PLAIN = "((?:[^\"'\\s][^\"']*?)?)";
    private static final String COMMENT = "(?:\\s+#.*)?\\s*";
    private static final Pattern VARIABLE =
            Pattern.compile(NAME + "(?:" + QUOTED + "|" + LITERAL + "|" + PLAIN + ")" + COMMENT);

    /// The value of a variable, as the file is now.
    String value(String name) {
        String value = variables().get(name);
        if (value == null) {
            throw new Permanent("there is no variable %s in %s".formatted(name, path));
        }
        return value;
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        List<String> lines = lines();
        for (int i = 0; i < lines.size(); i++) {
            Matcher variable = VARIABLE.matcher(lines.get(i));
            if (variable.matches()) {
                variables.put(variable.group(1), value(variable));
            } else if (!NOTHING.matcher(lines.get(i)).matches()) {
                throw new Permanent(
                        "line %d of %s is not like NAME=value, NAME=\"value\" or NAME='value'"
                                .formatted(i + 1, path));
            }
        }
        return variables;
    }

    private static String value(Matcher variable) {
        if (variable.group(2) != null) {
            return unescaped(variable.group(2));
        }
        return variable.group(3) == null ? variable.group(4) : variable.group(3);
    }

    private static String unescaped(String quoted) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c == '\\') {
                i++;
                c = quoted.charAt(i);
                c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
            }
            text.append(c);
        }
        return text.toString();
    }

    private List<String> lines() {
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw new Permanent(path + " is no file of variables: it is too long for one");
            }
            return Files.readAllLines(path);
        } catch (IOException e) {
            String what = e.getClass().getSimpleName(); // its message could quote the content
            throw new Permanent("the variables in " + path + " cannot be read: " + what);
        }
    }
}

package dev.sluice.parser;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the token list libpg_query's scanner writes: one flat object per token. */
final class ScanReader {
    private static final Pattern TOKEN = Pattern.compile(
            "\\{\"start\":(\\d+),\"end\":(\\d+),\"text\":\"(?:[^\"\\\\]|\\\\.)*+\",\"tokenType\":\\d+,\"tokenName\":\"(\\w+)\"",
            Pattern.DOTALL);

    private ScanReader() {}

    static List<PgToken> read(String json, byte[] sql) {
        List<PgToken> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(json);
        while (matcher.find()) {
            int start = Integer.parseInt(matcher.group(1));
            int end = Integer.parseInt(matcher.group(2));
            tokens.add(new PgToken(start, end, new String(sql, start, end - start, StandardCharsets.UTF_8), matcher.group(3)));
        }
        return List.copyOf(tokens);
    }
}

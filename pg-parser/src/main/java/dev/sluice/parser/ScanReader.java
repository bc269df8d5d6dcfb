package dev.sluice.parser;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the token list libpg_query's scanner writes: one flat object per token. */
final class ScanReader {
    private static final Pattern TOKEN = Pattern.compile(
            "\\{\"start\":(\\d+),\"end\":(\\d+),\"text\":\"(?:[^\"\\\\]|\\\\.)*+\",\"tokenType\":(\\d+),\"tokenName\":\"(\\w+)\",\"keywordKind\":\\d+,"
                    + "\"keywordName\":\"(\\w+)\"",
            Pattern.DOTALL);

    private ScanReader() {}

    static List<PgToken> read(String json, byte[] sql) {
        List<PgToken> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(json);
        while (matcher.find()) {
            int start = Integer.parseInt(matcher.group(1));
            int end = Integer.parseInt(matcher.group(2));
            String text = new String(sql, start, end - start, StandardCharsets.UTF_8);
            tokens.add(new PgToken(start, end, text, kind(matcher, text)));
        }
        return List.copyOf(tokens);
    }

    /** libpg_query names some tokens, gives keywords a kind, and calls the rest unknown. */
    private static String kind(Matcher token, String text) {
        String keyword = token.group(5);
        String name = token.group(4);
        int type = Integer.parseInt(token.group(3));
        if (!keyword.equals("NO_KEYWORD")) {
            return keyword;
        }
        if (!name.equals("UNKNOWN")) {
            return name;
        }
        return type < 256 ? "ASCII_" + type : "+-*/<>=~!@#%^&|`?".indexOf(text.charAt(0)) >= 0 ? "OPERATOR" : name;
    }
}

package dev.sluice.lab.shop;

import java.io.Reader;
import java.io.StringReader;

/** Rows in the text format of COPY (PostgreSQL documentation, "COPY", File Formats). */
final class CopyText {
    private final StringBuilder text = new StringBuilder();

    void row(Object... values) {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                text.append('\t');
            }
            text.append(values[i]
                    .toString()
                    .replace("\\", "\\\\")
                    .replace("\t", "\\t")
                    .replace("\n", "\\n")
                    .replace("\r", "\\r"));
        }
        text.append('\n');
    }

    Reader reader() {
        return new StringReader(text.toString());
    }
}

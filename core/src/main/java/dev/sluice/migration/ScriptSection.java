package dev.sluice.migration;

import dev.sluice.sql.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Turns a stretch of a scanned file into a script: reads its directives and refuses what is no SQL.
 *
 * @param head directives from before the stretch that are about it too
 * @param declared what the layout's own syntax says about a transaction
 */
record ScriptSection(ScannedScript scanned, int start, int end, TransactionMode declared, List<Directive> head) {
    ScriptSection {
        head = List.copyOf(head);
    }

    static ScriptSection wholeFile(ScannedScript scanned, TransactionMode declared) {
        return new ScriptSection(scanned, 0, scanned.source().text().length(), declared, List.of());
    }

    MigrationScript read(Collected out) {
        SourceText source = scanned.source();
        List<Directive> directives = new ArrayList<>(head);
        directives.addAll(new DirectiveReader(source, out::problem).read(scanned.comments(), start, end));
        scanned.metaCommand().ifPresent(offset -> {
            if (offset >= start && offset < end) {
                out.problem(Problem.inScript(source, offset, metaCommand(source.text(), offset)));
            }
        });
        boolean off = directives.stream().anyMatch(directive -> directive.name() == DirectiveName.TRANSACTION);
        return new MigrationScript(source, start, end, off ? TransactionMode.OFF : declared, directives);
    }

    private static String metaCommand(String text, int offset) {
        int end = offset + 1;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        String command = text.substring(offset, end);
        String before = text.substring(0, offset).toLowerCase(Locale.ROOT);
        if (command.equals("\\N") || command.equals("\\.") || before.matches("(?s).*\\bfrom\\s+stdin\\b.*")) {
            return "the data of COPY … FROM STDIN can stand in a script only for psql. Write INSERT statements instead";
        }
        return "'" + command + "' is a command of psql, and Sluice runs no psql"
                + (command.startsWith("\\i")
                        ? ". Put the text of the included file here"
                        : ". Remove it, or say it in SQL");
    }
}

package dev.sluice.cli.render;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.doctor.Examination;
import dev.sluice.doctor.Finding;
import dev.sluice.doctor.Mend;
import java.util.List;

/** What the doctor found, and what a repair does. */
public final class FindingsText {
    private FindingsText() {}

    /** For people. */
    public static String text(List<Finding> findings, int checks, Style style) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            String mark = finding.isNote() ? style.dim("note") : style.red("found");
            text.append(mark)
                    .append(' ')
                    .append(style.bold(finding.subject()))
                    .append("  [")
                    .append(finding.id())
                    .append("]\n");
            line(text, "what", finding.what());
            line(text, "means", finding.consequence());
            line(text, "next", finding.next());
            text.append('\n');
        }
        long wrong = findings.stream().filter(finding -> !finding.isNote()).count();
        text.append(
                wrong == 0
                        ? style.green("Nothing is wrong.") + " " + Quantities.of(checks, "check") + "."
                        : Quantities.of(wrong, "finding") + "."
                                + (Examination.mendable(findings).isEmpty()
                                        ? ""
                                        : " Next: " + Finding.REPAIR + " shows what it would do, and asks."));
        return text.append('\n').toString();
    }

    private static void line(StringBuilder text, String label, String words) {
        text.append(String.format(java.util.Locale.ROOT, "  %-6s", label))
                .append(words.strip().replace("\n", "\n        "))
                .append('\n');
    }

    /** Documented in docs/cli.md; fields are only ever added. */
    public static String json(List<Finding> findings, List<String> checks) {
        JsonObject object = new JsonObject();
        object.addProperty("healthy", findings.stream().allMatch(Finding::isNote));
        JsonArray names = new JsonArray();
        checks.forEach(names::add);
        object.add("checks", names);
        object.add("findings", array(findings));
        return Json.pretty(object);
    }

    private static JsonArray array(List<Finding> findings) {
        JsonArray items = new JsonArray();
        for (Finding finding : findings) {
            JsonObject item = new JsonObject();
            item.addProperty("id", finding.id());
            item.addProperty("note", finding.isNote());
            item.addProperty("exitCode", finding.code().code());
            item.addProperty("subject", finding.subject());
            item.addProperty("what", finding.what());
            item.addProperty("consequence", finding.consequence());
            item.addProperty("next", finding.next());
            finding.mend().ifPresent(mend -> item.add("repair", json(mend)));
            items.add(item);
        }
        return items;
    }

    private static JsonObject json(Mend mend) {
        JsonObject object = new JsonObject();
        object.addProperty("title", mend.title());
        JsonArray sql = new JsonArray();
        mend.statements().forEach(sql::add);
        object.add("sql", sql);
        return object;
    }

    /** What was done, and what is left. */
    public static String repaired(List<Mend> done, List<Finding> left) {
        JsonObject object = new JsonObject();
        JsonArray items = new JsonArray();
        done.forEach(mend -> items.add(json(mend)));
        object.add("repaired", items);
        object.add("findings", array(left));
        return Json.pretty(object);
    }

    /** What would be done: every statement, so that the answer to the question can be given. */
    public static String proposal(List<Mend> mends) {
        StringBuilder text = new StringBuilder("Repair would\n");
        for (Mend mend : mends) {
            text.append("\n- ").append(mend.title()).append('\n');
            mend.statements()
                    .forEach(sql -> text.append("    ").append(shortened(sql)).append(";\n"));
        }
        return text.toString();
    }

    /** Nobody reads the whole plan of a stamped migration; the journal's history has it. */
    private static String shortened(String sql) {
        String line = sql.strip().replace("\n", "\n    ");
        return line.length() <= 2000 ? line : line.substring(0, 2000) + " …";
    }
}

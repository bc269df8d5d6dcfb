package dev.sluice.lab.bench.page;

import dev.sluice.lab.bench.Measure;
import dev.sluice.lab.bench.Spread;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Horizontal bars in groups: the median, a whisker from the smallest to the largest value, a line for a target. */
record BarChart(String title, Measure measure, List<Group> groups) {

    /** Bars that belong together. */
    record Group(String name, List<Bar> bars) {}

    /**
     * @param colour counts from 0
     * @param target where the bar shall end at most
     */
    record Bar(String name, int colour, Spread spread, OptionalDouble target) {}

    private static final List<String> COLOURS =
            List.of("#0072b2", "#999999", "#e69f00", "#cc5c00", "#56b4e9", "#009e73", "#cc79a7");
    private static final int WIDTH = 860;
    private static final int LEFT = 190;
    private static final int RIGHT = 90;
    private static final int TOP = 46;
    private static final int BAR = 16;
    private static final int GAP = 14;
    private static final int HEADING = 18;
    /** From this ratio of the largest to the smallest value on, the axis is logarithmic. */
    private static final double WIDE_RANGE = 40;

    String svg() {
        Axis axis = axis();
        StringBuilder body = new StringBuilder();
        int bottom = TOP;
        for (Group group : groups) {
            bottom += HEADING + group.bars().size() * (BAR + 2) + GAP;
        }
        for (double tick : axis.ticks()) {
            double x = axis.at(tick);
            body.append(
                    format("<line x1='%.1f' y1='%d' x2='%.1f' y2='%d' stroke='#e2e2e2'/>%n", x, TOP - 6, x, bottom));
            body.append(text(x, bottom + 14, "middle", "#555", 11, Axis.label(tick)));
        }
        body.append(text(
                LEFT + (WIDTH - LEFT - RIGHT) / 2.0,
                bottom + 30,
                "middle",
                "#333",
                12,
                measure.heading() + (axis.logarithmic() ? " (logarithmic scale)" : "") + "; less is better"));
        int y = TOP;
        for (Group group : groups) {
            body.append(text(10, y + 12, "start", "#111", 12, group.name()));
            y += HEADING;
            for (Bar bar : group.bars()) {
                body.append(bar(bar, axis, y));
                y += BAR + 2;
            }
            y += GAP;
        }
        int height = bottom + 58;
        String legend = text(
                10,
                bottom + 50,
                "start",
                "#555",
                11,
                "bar: median of the rounds; thin line: smallest to largest; red dashes: the target, to be ended left of");
        return format(
                        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d' "
                                + "font-family='system-ui, sans-serif' role='img'>%n<title>%s</title>%n"
                                + "<rect width='100%%' height='100%%' fill='white'/>%n",
                        WIDTH, height, WIDTH, height, escaped(title))
                + text(10, 22, "start", "#111", 15, title)
                + body
                + legend
                + "</svg>\n";
    }

    private String bar(Bar bar, Axis axis, int y) {
        String colour = COLOURS.get(bar.colour() % COLOURS.size());
        double end = axis.at(bar.spread().median());
        double middle = y + BAR / 2.0;
        String shape = format(
                "<rect x='%d' y='%d' width='%.1f' height='%d' fill='%s'/>%n",
                LEFT, y, Math.max(1, end - LEFT), BAR, colour);
        String whisker = format(
                "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='#111'/>%n",
                axis.at(bar.spread().min()), middle, axis.at(bar.spread().max()), middle);
        String target = bar.target().isEmpty()
                ? ""
                : format(
                        "<line x1='%.1f' y1='%d' x2='%.1f' y2='%d' stroke='#d00000' stroke-width='2' "
                                + "stroke-dasharray='4 2'/>%n",
                        axis.at(bar.target().getAsDouble()),
                        y - 3,
                        axis.at(bar.target().getAsDouble()),
                        y + BAR + 3);
        double right = Math.max(end, axis.at(bar.spread().max()));
        return text(LEFT - 8, y + 12, "end", "#333", 12, bar.name())
                + shape
                + whisker
                + target
                + text(
                        right + 6,
                        y + 12,
                        "start",
                        "#333",
                        11,
                        Numbers.text(bar.spread().median(), measure.decimals()));
    }

    private Axis axis() {
        double largest = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (Group group : groups) {
            for (Bar bar : group.bars()) {
                largest = Math.max(
                        largest, Math.max(bar.spread().max(), bar.target().orElse(0)));
                smallest = Math.min(smallest, bar.spread().median());
            }
        }
        boolean logarithmic = smallest > 0 && largest / smallest > WIDE_RANGE;
        return Axis.of(logarithmic ? smallest : 0, largest, logarithmic, LEFT, WIDTH - RIGHT);
    }

    private static String text(double x, double y, String anchor, String fill, int size, String text) {
        return format(
                "<text x='%.1f' y='%.1f' text-anchor='%s' fill='%s' font-size='%d'>%s</text>%n",
                x, y, anchor, fill, size, escaped(text));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format.replace("%n", "\n"), arguments);
    }
}

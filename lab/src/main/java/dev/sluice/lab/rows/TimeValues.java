package dev.sluice.lab.rows;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Dates, times and intervals of this half century, and those that are none: infinity, before Christ, 24:00. */
final class TimeValues {

    private static final int EDGES_EVERY = 24;
    private static final LocalDate FIRST = LocalDate.of(1990, 1, 1);
    private static final int DAYS = 15_000;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final List<String> ZONES =
            List.of("+00", "+02", "-05:30", "+13", " Europe/Berlin", " America/New_York");

    private TimeValues() {}

    static Values dates() {
        return Values.withEdges(
                new Values() {
                    @Override
                    public String next(Random random) {
                        return date(random.nextInt(DAYS));
                    }

                    @Override
                    public String distinct(Random random, long number) {
                        return date(number);
                    }
                },
                EDGES_EVERY,
                List.of(
                        "infinity",
                        "-infinity",
                        "0001-01-01",
                        "0044-03-15 BC",
                        "1969-12-31",
                        "2024-02-29",
                        "9999-12-31",
                        "5874897-12-31"));
    }

    static Values timestamps(boolean withZone) {
        List<String> edges = new ArrayList<>(List.of(
                "infinity",
                "-infinity",
                "epoch",
                "1969-12-31 23:59:59.999999",
                "2024-02-29 12:00:00",
                "0001-01-01 00:00:00",
                "4713-01-01 12:00:00 BC",
                "9999-12-31 23:59:59.999999",
                "294276-12-31 00:00:00"));
        if (withZone) {
            edges.addAll(
                    List.of("2024-03-31 01:30:00+00", "2024-10-27 02:30:00 Europe/Berlin", "2024-11-03 01:30:00-05"));
        }
        return Values.withEdges(
                new Values() {
                    @Override
                    public String next(Random random) {
                        return date(random.nextInt(DAYS)) + " " + time(random) + zone(random);
                    }

                    @Override
                    public String distinct(Random random, long number) {
                        long second = number % SECONDS_PER_DAY;
                        return date(number / SECONDS_PER_DAY + random.nextInt(1000) * 10L) + " "
                                + LocalTime.ofSecondOfDay(second) + (withZone ? "+00" : "");
                    }

                    private String zone(Random random) {
                        return withZone ? Values.pick(random, ZONES) : "";
                    }
                },
                EDGES_EVERY,
                edges);
    }

    static Values times(boolean withZone) {
        List<String> zones = List.of("+00", "+02", "-05:30", "+13");
        return Values.withEdges(
                new Values() {
                    @Override
                    public String next(Random random) {
                        return time(random) + (withZone ? Values.pick(random, zones) : "");
                    }

                    @Override
                    public String distinct(Random random, long number) {
                        return LocalTime.ofSecondOfDay(number % SECONDS_PER_DAY) + (withZone ? "+00" : "");
                    }
                },
                EDGES_EVERY,
                withZone
                        ? List.of("00:00:00+00", "24:00:00-15:59", "23:59:59.999999+15:59")
                        : List.of("00:00:00", "24:00:00", "23:59:59.999999"));
    }

    /** @param infinite intervals can be infinite from PostgreSQL 17 on */
    static Values intervals(boolean infinite) {
        List<String> edges = new ArrayList<>(List.of(
                "0",
                "1 mon",
                "30 days",
                "24:00:00",
                "1 day",
                "-1 days +02:03:04",
                "-178000000 years",
                "178000000 years",
                "1 year 2 mons 3 days 04:05:06.789012",
                "-00:00:00.000001"));
        if (infinite) {
            edges.addAll(List.of("infinity", "-infinity"));
        }
        return Values.withEdges(
                new Values() {
                    @Override
                    public String next(Random random) {
                        return random.nextInt(40) + " days " + time(random);
                    }

                    @Override
                    public String distinct(Random random, long number) {
                        return number + " seconds";
                    }
                },
                EDGES_EVERY,
                edges);
    }

    private static String date(long day) {
        return FIRST.plusDays(day).toString();
    }

    private static String time(Random random) {
        LocalTime time = LocalTime.ofSecondOfDay(random.nextInt(SECONDS_PER_DAY));
        return random.nextInt(3) == 0
                ? time.plusNanos(1000L * random.nextInt(1_000_000)).toString()
                : time.toString();
    }
}

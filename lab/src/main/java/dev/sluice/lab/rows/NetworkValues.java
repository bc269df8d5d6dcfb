package dev.sluice.lab.rows;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Addresses of networks and cards. */
final class NetworkValues {

    private NetworkValues() {}

    static Values inet() {
        return Values.withEdges(
                new Values() {
                    @Override
                    public String next(Random random) {
                        return random.nextInt(4) == 0
                                ? "2001:db8::" + Integer.toHexString(random.nextInt(0x10000))
                                : v4(random.nextInt() & 0xffffffffL) + (random.nextInt(4) == 0 ? "/24" : "");
                    }

                    @Override
                    public String distinct(Random random, long number) {
                        return v4(0x0a000000L + number);
                    }
                },
                24,
                List.of("0.0.0.0", "255.255.255.255", "127.0.0.1/8", "::", "::1", "::ffff:10.0.0.1", "10.1.2.3/32"));
    }

    static Values cidr() {
        return new Values() {
            @Override
            public String next(Random random) {
                return random.nextInt(4) == 0
                        ? "2001:db8:" + Integer.toHexString(random.nextInt(0x10000)) + "::/48"
                        : v4((random.nextInt() & 0xffffffffL) << 8 & 0xffffff00L) + "/24";
            }

            @Override
            public String distinct(Random random, long number) {
                return v4((number << 8) + 0x0a000000L & 0xffffff00L) + "/24";
            }
        };
    }

    /** @param octets 6 or 8 */
    static Values mac(int octets) {
        return new Values() {
            @Override
            public String next(Random random) {
                return mac(random.nextLong());
            }

            @Override
            public String distinct(Random random, long number) {
                return mac(number);
            }

            private String mac(long number) {
                StringBuilder text = new StringBuilder();
                for (int i = octets - 1; i >= 0; i--) {
                    text.append(String.format(Locale.ROOT, "%02x", number >>> 8 * i & 0xff))
                            .append(i > 0 ? ":" : "");
                }
                return text.toString();
            }
        };
    }

    private static String v4(long address) {
        return (address >>> 24 & 0xff) + "." + (address >>> 16 & 0xff) + "." + (address >>> 8 & 0xff) + "."
                + (address & 0xff);
    }
}

package dev.sluice.migration;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * The order of versions as people read them: by number where there are numbers, so 9 comes before 10, however many
 * digits they have. Parts are divided by {@code .}, {@code _} or {@code -}; leading zeros and parts that are zero at the
 * end do not count, so {@code 1}, {@code 01} and {@code 1.0} are one version (as in Flyway). Versions that are no numbers
 * come after those that are.
 */
public final class VersionOrder implements Comparator<String> {
    private static final Pattern NUMBERS = Pattern.compile("\\d+([._-]\\d+)*");

    @Override
    public int compare(String left, String right) {
        boolean leftNumeric = isNumeric(left);
        if (leftNumeric != isNumeric(right)) {
            return leftNumeric ? -1 : 1;
        }
        return natural(key(left), key(right));
    }

    /** The one way to write a version: equal for versions that compare as equal, and for no others. */
    public static String key(String version) {
        if (endOfDigits(version, 0) == version.length() && !version.startsWith("0")) {
            return version;
        }
        StringBuilder key = new StringBuilder(version.length());
        boolean numeric = isNumeric(version);
        int at = 0;
        while (at < version.length()) {
            char c = version.charAt(at);
            if (!isDigit(c)) {
                key.append(numeric ? '.' : c);
                at++;
                continue;
            }
            int end = endOfDigits(version, at);
            while (at < end - 1 && version.charAt(at) == '0') {
                at++;
            }
            key.append(version, at, end);
            at = end;
        }
        while (numeric && key.length() > 2 && key.substring(key.length() - 2).equals(".0")) {
            key.setLength(key.length() - 2);
        }
        return key.toString();
    }

    private static boolean isNumeric(String version) {
        return endOfDigits(version, 0) == version.length() && !version.isEmpty()
                || NUMBERS.matcher(version).matches();
    }

    private static int natural(String left, String right) {
        int l = 0;
        int r = 0;
        while (l < left.length() && r < right.length()) {
            if (isDigit(left.charAt(l)) && isDigit(right.charAt(r))) {
                int leftEnd = endOfDigits(left, l);
                int rightEnd = endOfDigits(right, r);
                int byLength = Integer.compare(leftEnd - l, rightEnd - r);
                int order =
                        byLength != 0 ? byLength : left.substring(l, leftEnd).compareTo(right.substring(r, rightEnd));
                if (order != 0) {
                    return order;
                }
                l = leftEnd;
                r = rightEnd;
            } else if (left.charAt(l) != right.charAt(r)) {
                return Character.compare(left.charAt(l), right.charAt(r));
            } else {
                l++;
                r++;
            }
        }
        return Integer.compare(left.length() - l, right.length() - r);
    }

    private static int endOfDigits(String text, int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

package dev.sluice.lab.rows;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces texts by others of the same shape. The same text becomes the same text wherever it stands, and different texts stay
 * different, also when case is ignored. Letters become letters of the same case and script (Latin, others with case as Latin with
 * accents, Chinese and Japanese characters as Chinese ones), digits become digits (a leading zero stays one, another first digit
 * does not become one); spaces, punctuation, symbols and length stay. In an e-mail address the top-level domain becomes one that
 * does not exist. Texts to keep are kept.
 *
 * <p>Which text becomes which depends on the seed; without it what was replaced cannot be computed back, but lengths and
 * punctuation are to be seen. Not thread-safe.
 */
final class Disguise {

    private static final String ACCENTED = "àáâãäåæçèéêëìíîïðñòóôõöøùúûüý";
    private static final int FIRST_IDEOGRAPH = 0x4e00;
    private static final int IDEOGRAPHS = 20_000;
    private static final int ATTEMPTS = 200;
    private static final Pattern MAIL_DOMAIN = Pattern.compile("(?<=@)([^@\\s]+\\.)(\\p{L}{2,})$");

    private final byte[] seed;
    private final Set<String> kept;
    private final Map<String, String> replaced = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    /** @param kept texts that stay as they are: those that the schema itself names */
    Disguise(long seed, Set<String> kept) {
        this.seed = Long.toString(seed).getBytes(StandardCharsets.US_ASCII);
        this.kept = Set.copyOf(kept);
        kept.forEach(text -> used.add(lower(text)));
    }

    /** What this text becomes. */
    String text(String original) {
        if (kept.contains(original)) {
            return original;
        }
        String lower = lower(original);
        String replacement = replaced.computeIfAbsent(lower, this::unused);
        return withCaseOf(original, replacement);
    }

    /** A generator that always starts alike for this value. */
    Random random(String original) {
        return new Random(number(original, 0));
    }

    private String unused(String lower) {
        if (lower.chars().noneMatch(c -> Character.isLetter(c) || (c >= '1' && c <= '9'))) {
            used.add(lower);
            return lower; // nothing in it says anything
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String candidate = shuffled(lower, new Random(number(lower, attempt)));
            if (!candidate.equals(lower) && used.add(candidate)) {
                return candidate;
            }
        }
        // few texts have this shape: take the next one that is free
        String candidate = lower;
        for (long step = 0; !used.add(candidate); step++) {
            String next = next(candidate);
            if (next.equals(lower) || step > 2_000_000) {
                return lower; // as many originals as texts of that shape
            }
            candidate = next;
        }
        return candidate;
    }

    private static String shuffled(String lower, Random random) {
        Matcher mail = MAIL_DOMAIN.matcher(lower);
        if (mail.find()) {
            return replaced(lower.substring(0, mail.start(2)), random)
                    + noTopLevelDomain(mail.group(2).length());
        }
        return replaced(lower, random);
    }

    /** None of these is in the root zone: {@code zz} is user-assigned in ISO 3166, {@code test} is reserved by RFC 2606. */
    private static String noTopLevelDomain(int length) {
        return length == 2 ? "zz" : length == 3 ? "tst" : "test" + "t".repeat(length - 4);
    }

    private static String replaced(String text, Random random) {
        StringBuilder result = new StringBuilder(text.length());
        boolean inNumber = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            result.appendCodePoint(replaced(c, inNumber, random));
            inNumber = Character.isDigit(c);
        }
        return result.toString();
    }

    private static int replaced(int c, boolean inNumber, Random random) {
        if (c >= 'a' && c <= 'z') {
            return 'a' + random.nextInt(26);
        }
        if (c >= '0' && c <= '9') {
            return inNumber ? '0' + random.nextInt(10) : c == '0' ? c : '1' + random.nextInt(9);
        }
        if (Character.isIdeographic(c) || isKana(c)) {
            return FIRST_IDEOGRAPH + random.nextInt(IDEOGRAPHS);
        }
        return Character.isLetter(c) ? ACCENTED.charAt(random.nextInt(ACCENTED.length())) : c;
    }

    private static boolean isKana(int c) {
        return c >= 0x3040 && c <= 0x30ff;
    }

    /** The next text of the same shape, the first after the last. */
    private static String next(String text) {
        char[] chars = text.toCharArray();
        for (int i = chars.length - 1; i >= 0; i--) {
            char c = chars[i];
            if (c >= 'a' && c <= 'z') {
                chars[i] = c == 'z' ? 'a' : (char) (c + 1);
                if (c != 'z') {
                    break;
                }
            } else if (c >= '0' && c <= '9') {
                chars[i] = c == '9' ? '0' : (char) (c + 1);
                if (c != '9') {
                    break;
                }
            }
        }
        return String.valueOf(chars);
    }

    private static String withCaseOf(String original, String lower) {
        if (original.equals(lower(original)) || original.length() != lower.length()) {
            return lower;
        }
        StringBuilder text = new StringBuilder(lower);
        for (int i = 0; i < original.length(); i++) {
            if (Character.isUpperCase(original.charAt(i))) {
                text.setCharAt(i, Character.toUpperCase(lower.charAt(i)));
            }
        }
        return text.toString();
    }

    private static String lower(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.length() == text.length() ? lower : text;
    }

    private long number(String text, int attempt) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(seed);
            digest.update((byte) 0);
            digest.update(Integer.toString(attempt).getBytes(StandardCharsets.US_ASCII));
            digest.update((byte) 0);
            byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
            long number = 0;
            for (int i = 0; i < 8; i++) {
                number = number << 8 | hash[i] & 0xff;
            }
            return number;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

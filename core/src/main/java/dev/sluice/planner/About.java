package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * What an operation's page in {@code docs/operations} says before its examples. All texts are Markdown.
 *
 * @param title what it does, a few words
 * @param statement the statements it is for
 * @param sections in the order of the page
 */
public record About(String title, String statement, List<Section> sections) {

    /** One paragraph or more under a head, such as {@code Expand}. */
    public record Section(String head, String text) {
        public Section {
            requireText(head);
            text = text.strip();
            requireText(text);
        }
    }

    public About {
        requireText(title);
        statement = statement.strip();
        requireText(statement);
        sections = List.copyOf(sections);
    }

    public static About of(String title, String statement) {
        return new About(title, statement, List.of());
    }

    /** What runs before the deploy. */
    public About expand(String text) {
        return with("Expand", text);
    }

    /** What runs after the old version is gone. */
    public About contract(String text) {
        return with("Contract", text);
    }

    /** What goes for good. */
    public About purge(String text) {
        return with("Purge", text);
    }

    /** What {@code down} does. */
    public About undo(String text) {
        return with("Undo", text);
    }

    /** The strongest locks, and what others notice of them. */
    public About locks(String text) {
        return with("Locks", text);
    }

    /** What is refused, and what works only partly. */
    public About limits(String text) {
        return with("Limits", text);
    }

    public About with(String head, String text) {
        List<Section> more = new ArrayList<>(sections);
        more.add(new Section(head, text));
        return new About(title, statement, more);
    }

    private static void requireText(String text) {
        if (requireNonNull(text).isBlank()) {
            throw new IllegalArgumentException("blank");
        }
    }
}

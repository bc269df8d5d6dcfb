package dev.sluice.migration;

/**
 * One way to lay out migrations in a directory: how files are named, and how up and down are told apart. One class
 * each, listed in {@link Layouts#ALL}. Pure and stateless.
 */
interface Layout {
    /** The name for {@code --layout}. */
    String id();

    /** The shape of its files, for messages. */
    String form();

    /**
     * Which share of the SQL files is certainly of this layout, between 0 and 1. Layouts must not overlap: a file that
     * counts for one counts for no other.
     */
    double detect(Listing listing);

    /** Adds what the listing holds, claims each file it has understood, and tells what is wrong with it. */
    void read(Listing listing, Collected out);
}

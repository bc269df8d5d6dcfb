/**
 * First drafts of migrations: from a name like {@code add_full_name_to_users} and columns like {@code full_name:text} to
 * SQL ({@link dev.sluice.cli.scaffold.Draft}), and to files of the layout in use ({@link
 * dev.sluice.cli.scaffold.FileForm}). Pure.
 */
@NullMarked
package dev.sluice.cli.scaffold;

import org.jspecify.annotations.NullMarked;

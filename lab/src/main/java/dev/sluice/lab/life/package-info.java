/**
 * The life of one migration in one database, by the commands a user has: {@link dev.sluice.lab.life.Life} is the commands,
 * {@link dev.sluice.lab.life.Course} their order. Who wants to know what they do to a database goes along as a {@link
 * dev.sluice.lab.life.Companion}: the proof, random migrations, the tests of the operations. Must not import any of these.
 */
@NullMarked
package dev.sluice.lab.life;

import org.jspecify.annotations.NullMarked;

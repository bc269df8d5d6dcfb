package dev.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.run.MigrationState.Move;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every state and every move: allowed along the ways there are, refused with the next command everywhere else. */
class MigrationStateTest {

    private static final Set<String> ALLOWED = Set.of(
            "PENDING UP EXPANDING",
            "REVERTED UP EXPANDING",
            "EXPANDING UP EXPANDING",
            "EXPANDED CONTRACT CONTRACTING",
            "CONTRACTING CONTRACT CONTRACTING",
            "EXPANDING DOWN REVERTING",
            "EXPANDED DOWN REVERTING",
            "CONTRACTING DOWN REVERTING",
            "APPLIED DOWN REVERTING",
            "REVERTING DOWN REVERTING",
            "CONTRACTING UNCONTRACT REVERTING",
            "APPLIED UNCONTRACT REVERTING",
            "REVERTING UNCONTRACT REVERTING",
            "APPLIED PURGE PURGING",
            "PURGING PURGE PURGING");

    static Stream<Arguments> all() {
        return Stream.of(MigrationState.values())
                .flatMap(state -> Stream.of(Move.values()).map(move -> Arguments.of(state, move)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_move_is_allowed_or_refused_with_the_next_command(MigrationState state, Move move) {
        String prefix = state + " " + move + " ";
        if (ALLOWED.stream().anyMatch(way -> way.startsWith(prefix))) {
            assertThat(ALLOWED).contains(prefix + state.begin(move, "7"));
        } else {
            assertThatThrownBy(() -> state.begin(move, "7"))
                    .isInstanceOf(IllegalMoveException.class)
                    .hasMessageContaining("cannot " + move.text() + " migration 7: ")
                    .hasMessageContaining("next: sluice ");
        }
    }
}

package dev.sluice.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One mistake.
 *
 * @param spoil what makes the data bad
 * @param scripts the migration, and the corrected one when that is how it is mended
 * @param first commands that succeed before
 * @param command what fails
 * @param code with this exit code
 * @param saying parts of its message
 * @param mend what makes the data good
 */
record BadInput(
        String name,
        Optional<String> spoil,
        List<String> scripts,
        List<String> first,
        String command,
        int code,
        List<String> saying,
        Optional<String> mend) {

    static BadInput of(String name) {
        return new BadInput(name, Optional.empty(), List.of(), List.of(), "", 0, List.of(), Optional.empty());
    }

    BadInput spoil(String sql) {
        return new BadInput(name, Optional.of(sql), scripts, first, command, code, saying, mend);
    }

    BadInput script(String script) {
        List<String> all = new ArrayList<>(scripts);
        all.add(script);
        return new BadInput(name, spoil, all, first, command, code, saying, mend);
    }

    BadInput first(String... commands) {
        return new BadInput(name, spoil, scripts, List.of(commands), command, code, saying, mend);
    }

    BadInput fails(String failing, int exitCode) {
        return new BadInput(name, spoil, scripts, first, failing, exitCode, saying, mend);
    }

    BadInput saying(String... parts) {
        return new BadInput(name, spoil, scripts, first, command, code, List.of(parts), mend);
    }

    BadInput mend(String sql) {
        return new BadInput(name, spoil, scripts, first, command, code, saying, Optional.of(sql));
    }

    @Override
    public String toString() {
        return name;
    }
}

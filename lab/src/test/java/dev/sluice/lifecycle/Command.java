package dev.sluice.lifecycle;

import dev.sluice.Migrator;
import dev.sluice.run.DownOptions;
import dev.sluice.run.UpOptions;
import java.util.Optional;

/** What a person types. */
enum Command {
    UP {
        @Override
        void run(Migrator migrator) {
            migrator.up(UpOptions.all());
        }
    },
    CONTRACT {
        @Override
        void run(Migrator migrator) {
            migrator.contract(Optional.empty());
        }
    },
    DOWN {
        @Override
        void run(Migrator migrator) {
            migrator.down(DownOptions.last());
        }
    },
    PURGE {
        @Override
        void run(Migrator migrator) {
            migrator.purge(Optional.empty());
        }
    };

    abstract void run(Migrator migrator);
}

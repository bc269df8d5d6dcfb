package dev.sluice.lifecycle;

import dev.sluice.lab.relay.Relay;
import dev.sluice.lab.relay.Rule;

/** Something that befalls a command once, at a place in its traffic. */
interface Disturbance extends Rule {

    /** Whether it is the runner that is no more; otherwise the same process may go on. */
    boolean kills();

    /** Whether a command that sent all of this has come so far. */
    boolean isReached(Relay relay);
}

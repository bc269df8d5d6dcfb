package dev.sluice.lab.bench;

import java.util.List;

/** A server with all that the methods of one variant need; closed when their rounds are over. */
public interface Stage extends AutoCloseable {

    List<Method> methods();

    @Override
    void close();
}

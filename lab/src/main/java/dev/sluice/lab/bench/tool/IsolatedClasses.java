package dev.sluice.lab.bench.tool;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Classes of jars that nothing else in this process knows, called by name: no build has to depend on them. Not thread-safe.
 */
final class IsolatedClasses implements AutoCloseable {
    private final URLClassLoader loader;
    private final Logger logger = Logger.getLogger("");

    IsolatedClasses(List<Path> jars) {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            try {
                urls.add(jar.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException(jar.toString(), e);
            }
        }
        loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        logger.setLevel(Level.OFF);
    }

    /** Something that calls into the jars. */
    interface Work {
        void run() throws ReflectiveOperationException;
    }

    /** Runs with their class loader as that of the thread, and without what they print. */
    void with(Work work) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        PrintStream out = System.out;
        Thread.currentThread().setContextClassLoader(loader);
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        try {
            work.run();
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            System.setOut(out);
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    Class<?> named(String name) throws ClassNotFoundException {
        return Class.forName(name, true, loader);
    }

    /** An array of one element, for a parameter {@code name...}. */
    static Object oneOf(Class<?> type, Object element) {
        Object array = Array.newInstance(type, 1);
        Array.set(array, 0, element);
        return array;
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}

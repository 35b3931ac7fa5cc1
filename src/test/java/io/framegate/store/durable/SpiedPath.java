package io.framegate.store.durable;

import java.io.File;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A path of the default file system that names another file system as its own. */
final class SpiedPath implements InvocationHandler {

    private final Path real;
    private final FileSystem fileSystem;

    private SpiedPath(Path real, FileSystem fileSystem) {
        this.real = real;
        this.fileSystem = fileSystem;
    }

    /** The real file system makes paths of some addresses by the default one, which has wrapped them already. */
    static Path wrap(Path path, FileSystem fileSystem) {
        Path real = unwrap(path);
        return (Path) Proxy.newProxyInstance(
                SpiedPath.class.getClassLoader(), new Class<?>[] {Path.class}, new SpiedPath(real, fileSystem));
    }

    static Iterator<Path> wrap(Iterator<Path> real, FileSystem fileSystem) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return real.hasNext();
            }

            @Override
            public Path next() {
                return wrap(real.next(), fileSystem);
            }
        };
    }

    static Path unwrap(Path path) {
        return Proxy.isProxyClass(path.getClass()) && Proxy.getInvocationHandler(path) instanceof SpiedPath spied
                ? spied.real
                : path;
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("getFileSystem")) {
            return fileSystem;
        }
        if (method.getName().equals("toFile")) {
            // The real path throws, because its file system is not the default one.
            return new File(real.toString());
        }
        Object[] unwrapped = arguments == null ? new Object[0] : arguments.clone();
        for (int i = 0; i < unwrapped.length; i++) {
            if (unwrapped[i] instanceof Path path) {
                unwrapped[i] = unwrap(path);
            }
        }
        try {
            Object result = method.invoke(real, unwrapped);
            if (result instanceof Path path) {
                return wrap(path, fileSystem);
            }
            return result instanceof Iterator<?> paths ? wrap((Iterator<Path>) paths, fileSystem) : result;
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}

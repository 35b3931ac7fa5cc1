package io.framegate.watch.web;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.util.regex.Pattern;

/** Serves the files of a page from a directory of the class path, at the root of the server. Stateless. */
public final class PageFiles {

    private static final Pattern FILE = Pattern.compile("/[A-Za-z0-9_-][A-Za-z0-9_.-]*");
    private static final String INDEX = "/index.html";

    private PageFiles() {}

    /** Adds the files of a directory, like {@code io/framegate/watch/web/page}, to the server. */
    public static void mount(Router router, String directory) {
        StaticHandler files = StaticHandler.create(FileSystemAccess.RELATIVE, directory)
                .setCacheEntryTimeout(60_000)
                .setMaxAgeSeconds(0)
                .setIncludeHidden(false);
        ClassLoader jar = PageFiles.class.getClassLoader();
        router.route("/*").handler(context -> {
            String path = context.normalizedPath().equals("/") ? INDEX : context.normalizedPath();
            // Vert.x scans the whole jar for a file that does not exist, which takes a tenth of a second.
            if (FILE.matcher(path).matches() && jar.getResource(directory + path) != null) {
                files.handle(context);
            } else {
                context.next();
            }
        });
    }
}

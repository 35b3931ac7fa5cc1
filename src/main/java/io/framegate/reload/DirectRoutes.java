package io.framegate.reload;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;

/** Finds {@code direct:} endpoints that a route sends to and no route reads from: every image sent there would fail. */
public final class DirectRoutes {

    private static final String DIRECT = "direct:";

    private DirectRoutes() {}

    /** Returns the endpoints of a context that no route reads from. */
    public static Set<String> unread(CamelContext context) {
        return unread(context, readBy(context.getRoutes()));
    }

    /** Returns the endpoints of a context that are not in this set. */
    static Set<String> unread(CamelContext context, Set<String> read) {
        Set<String> unread = context.getEndpoints().stream()
                .map(Endpoint::getEndpointBaseUri)
                .filter(uri -> uri.startsWith(DIRECT))
                .collect(Collectors.toCollection(TreeSet::new));
        unread.removeAll(read);
        return unread;
    }

    /** Returns the endpoints of a context that more than one route reads from. */
    public static Set<String> readTwice(CamelContext context) {
        Set<String> read = new HashSet<>();
        return context.getRoutes().stream()
                .map(route -> route.getEndpoint().getEndpointBaseUri())
                .filter(uri -> uri.startsWith(DIRECT) && !read.add(uri))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the endpoints that these routes read from. */
    static Set<String> readBy(Collection<Route> routes) {
        return routes.stream()
                .map(route -> route.getEndpoint().getEndpointBaseUri())
                .collect(Collectors.toSet());
    }
}

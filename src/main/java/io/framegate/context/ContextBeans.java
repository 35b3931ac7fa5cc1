package io.framegate.context;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.DefaultRegistry;
import org.jspecify.annotations.Nullable;

/** The parts as beans of a context. A bean of the application replaces a part with the same name. */
final class ContextBeans implements AutoCloseable {

    private final Registry all;
    private final List<String> bound = new ArrayList<>();

    ContextBeans(CamelContext context) {
        all = context.getRegistry();
    }

    /** Returns the bean that the application or the gateway has bound under this name. Creates no part. */
    static @Nullable Object bound(CamelContext context, String name) {
        return plain(context.getRegistry()).lookupByName(name);
    }

    /** Returns the registry without the suppliers, which would create the parts. */
    private static Registry plain(Registry registry) {
        return registry instanceof DefaultRegistry both ? both.getFallbackRegistry() : registry;
    }

    /** Binds a part, unless the application has a bean of this name. */
    void bind(String name, Object part) {
        if (plain(all).lookupByName(name) == null) {
            all.bind(name, part);
            bound.add(name);
        }
    }

    /** Removes the parts from the registry, because a stopped context keeps its registry. */
    @Override
    public void close() {
        bound.forEach(plain(all)::unbind);
        bound.clear();
    }
}

package io.framegate.intake;

import io.framegate.intake.tls.ListenerTls;
import io.framegate.intake.tls.TlsFiles;
import io.framegate.settings.ListenerSettings;
import io.framegate.settings.Networks;
import io.framegate.settings.SettingException;
import io.framegate.settings.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.netty.NettyEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * The access rules of a listener: allowed addresses, the proxies in front of it, and TLS. Immutable except for a
 * renewed certificate.
 *
 * @param names the properties, for the log
 * @param allowed the allowed addresses; empty for all
 * @param proxies the proxies; null if connections have no PROXY header
 * @param tls null for plain TCP
 */
public record ListenerAccess(
        ListenerSettings names, Networks allowed, @Nullable Networks proxies, @Nullable ListenerTls tls) {

    /** Allows all peers, over plain TCP. */
    static final ListenerAccess OPEN = new ListenerAccess(ListenerSettings.CAMERA, Networks.parse(""), null, null);

    /** The faults of the certificates of both listeners; empty if they can be used. */
    public static List<SettingException> problems(Settings settings) {
        List<SettingException> problems = new ArrayList<>();
        for (ListenerSettings names : List.of(ListenerSettings.CAMERA, ListenerSettings.FRAMES)) {
            try {
                of(settings, names);
            } catch (SettingException e) {
                problems.add(e);
            }
        }
        return problems;
    }

    /**
     * Describes a configured access that no listener uses, as with route files of an earlier version; null if there is
     * none.
     */
    public static @Nullable String unused(CamelContext context) {
        Set<CameraPipelineFactory> pipelines = pipelines(context);
        return context.getRegistry().findByTypeWithName(ListenerAccess.class).entrySet().stream()
                .filter(access -> access.getValue().isRestricted())
                .filter(access -> pipelines.stream().noneMatch(pipeline -> pipeline.has(access.getValue())))
                .map(access -> "no listener has the access that properties restrict (expected: access: \"#bean:"
                        + access.getKey() + "\" at its CameraPipelineFactory)")
                .findFirst()
                .orElse(null);
    }

    /** The pipelines that route files declare, and the pipelines that endpoints create. */
    private static Set<CameraPipelineFactory> pipelines(CamelContext context) {
        Set<CameraPipelineFactory> pipelines =
                new HashSet<>(context.getRegistry().findByType(CameraPipelineFactory.class));
        for (Endpoint endpoint : context.getEndpoints()) {
            if (endpoint instanceof NettyEndpoint listener
                    && listener.getConfiguration().getServerInitializerFactory() instanceof CameraPipelineFactory own) {
                pipelines.add(own);
            }
        }
        return pipelines;
    }

    private boolean isRestricted() {
        return tls != null || proxies != null || !allowed.isEmpty();
    }

    /** The access of these properties; throws an {@link IllegalArgumentException} if the certificate cannot be used. */
    public static ListenerAccess of(Settings settings, ListenerSettings names) {
        boolean proxied = settings.get(names.proxyProtocol()).equals(ListenerSettings.REQUIRE);
        TlsFiles files = TlsFiles.of(settings, names);
        return new ListenerAccess(
                names,
                settings.get(names.allow()),
                proxied ? settings.get(names.proxyFrom()) : null,
                files == null ? null : new ListenerTls(files));
    }
}
